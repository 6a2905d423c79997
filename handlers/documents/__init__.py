"""Documents: what members take with them and keep, as pages to read and tables to work with."""
