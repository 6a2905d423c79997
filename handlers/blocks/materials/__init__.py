"""How materials look: forms, cards, lists, letters."""
