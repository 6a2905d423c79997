"""Ids of rows as they come back from a button or a form, where anybody may have forged them."""

# No id of ours has more digits, and a database takes no number without end.
DIGITS = 9


def id_from(value: object) -> int | None:
    """Return the number that a value is, or None for what cannot be an id."""
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) <= DIGITS else None
