"""How a community's own words look, where they are chosen and where they are said."""
