"""How exports and the time records are kept look."""
