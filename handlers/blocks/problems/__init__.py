"""How problems of practice look: the card, the forms, the lists and what the bot says of them."""
