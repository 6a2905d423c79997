"""Materials: links and files that colleagues keep, find again, use and build upon."""
