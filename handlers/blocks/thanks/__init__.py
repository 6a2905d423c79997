"""How thanks look: forms, cards, letters, the journal."""
