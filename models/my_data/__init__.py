"""My data: what is kept about a member, for them to see, to take with them and to delete."""
