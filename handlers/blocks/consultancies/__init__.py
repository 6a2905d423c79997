"""What is seen of consultancies, and the ids of their buttons and forms."""
