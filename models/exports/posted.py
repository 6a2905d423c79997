"""Posted: the kinds of what is said of exports and of how long records are kept."""

from __future__ import annotations

from datetime import datetime

# A file to the lead who asked for it.
FILE = "exports.file"
# A letter to leads: the first records go soon.
REMOVAL_NEAR = "exports.removal_near"


def file_key(request_key: str, member_id: str) -> str:
    return f"{FILE}:{request_key}:{member_id}"


def letter_key(kind: str, since: datetime, member_id: str) -> str:
    """Return the key of a letter about the rule that holds since then."""
    return f"{kind}:{since:%Y%m%dT%H%M%S%f}:{member_id}"
