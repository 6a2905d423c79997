"""Merging: two people wrote into the same field, and neither of them loses a word."""

from hashlib import sha256


def mark_of(text: str | None) -> str:
    """Return a short mark by which a form remembers what it showed."""
    return sha256((text or "").encode()).hexdigest()[:12]


def merged(there: str | None, typed: str | None, seen: str | None) -> str | None:
    """Return what to keep of a field that may have changed since its form was opened.

    `seen` is the mark of what the form showed, `there` what the field holds now. What was left as
    it was shown changes nothing; what both wrote is kept, the earlier words first.
    """
    if seen is None or mark_of(there) == seen:
        return typed
    if not typed or mark_of(typed) == seen or typed in (there or ""):
        return there
    if not there or there in typed:
        return typed
    return f"{there}\n\n{typed}"
