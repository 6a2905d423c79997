"""What is seen of hangouts, and the ids of their buttons and forms."""
