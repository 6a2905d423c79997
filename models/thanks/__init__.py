"""Thanks: a kind word for something exact, said to colleagues in public or in private."""
