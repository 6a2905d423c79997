"""Posted: the kinds of what is said about materials, and the keys of these posts."""

from __future__ import annotations

from datetime import date, datetime

from models.materials.material import Material

# In the community's channel; lives on.
CARD = "materials.card"
# Letters to the owner: somebody used it or said how it went, made something new of it …
USED = "materials.used"
REMIXED = "materials.remixed"
# … that its file or message is gone from Slack, and whether it still holds, once a year.
GONE = "materials.gone"
CHECK = "materials.check"
# Files to a community's facilitators, and to whoever of them asks: all that is public in it.
ARCHIVE_DOCUMENT = "materials.archive_document"
ARCHIVE_TABLES = "materials.archive_tables"

# Names in PostKind.switch; models.members.SWITCHES lists them.
NEWS, CHECKS = "materials.news", "materials.checks"


def card_key(material: Material) -> str:
    return f"{CARD}:{material.id}"


def check_key(material: Material, on: date) -> str:
    return f"{CHECK}:{material.id}:{on.isoformat()}"


def used_key(material: Material, since: datetime) -> str:
    """Return the key of a letter about who used it since then."""
    return f"{USED}:{material.id}:{since.isoformat()}"


def remixed_key(remix: Material) -> str:
    return f"{REMIXED}:{remix.id}"


def gone_key(material: Material) -> str:
    """Return the key of the letter about what is gone now; what takes its place may go as well."""
    since = material.gone_at.isoformat() if material.gone_at else ""
    return f"{GONE}:{material.id}:{since}"
