"""Two people write into the same field, and neither of them loses a word."""

import pytest

from models.merging import mark_of, merged


@pytest.mark.parametrize(
    ("shown", "there", "typed", "kept"),
    [
        ("A", "A", "B", "B"),
        ("A", "A", None, None),
        (None, "Theirs", None, "Theirs"),
        (None, "Theirs", "Mine", "Theirs\n\nMine"),
        ("A", "Theirs", "A", "Theirs"),
        ("A", "Theirs", "Mine", "Theirs\n\nMine"),
        ("A", None, "A and more", "A and more"),
        ("A", "Theirs", "Theirs and mine", "Theirs and mine"),
        ("A", "Theirs and mine", "mine", "Theirs and mine"),
    ],
)
def test_what_two_people_wrote_is_kept(shown, there, typed, kept):
    assert merged(there, typed, mark_of(shown)) == kept
