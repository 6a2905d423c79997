"""How the tool belt looks: cards, lists, forms, the menu, and the picture of how it spread."""
