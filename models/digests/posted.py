"""Posted: the kinds of digests, and the keys of these posts."""

from __future__ import annotations

from datetime import date

# In the community's channel, or another that it names; and in that of a network digest.
WEEKLY = "digests.weekly"
NETWORK = "digests.network"
# Letters: to whoever chose it, to facilitators each week, and to them when a digest was missed; to
# a lead when a network digest was.
PERSONAL = "digests.personal"
ATTENTION = "digests.attention"
MISSED = "digests.missed"
NETWORK_MISSED = "digests.network_missed"

# The name in PostKind.switch of what facilitators get; the personal digest is chosen by itself.
FACILITATING = "digests.facilitating"


def weekly_key(community_id: int, week: date) -> str:
    """Return the key of a community's digest of the week that begins on that Monday."""
    return f"{WEEKLY}:{community_id}:{week.isoformat()}"


def missed_key(community_id: int, week: date, member_id: str) -> str:
    return f"{MISSED}:{community_id}:{week.isoformat()}:{member_id}"


def network_key(network_id: int, week: date) -> str:
    """Return the key of a network digest of the week that begins on that Monday."""
    return f"{NETWORK}:{network_id}:{week.isoformat()}"


def network_missed_key(network_id: int, week: date, member_id: str) -> str:
    return f"{NETWORK_MISSED}:{network_id}:{week.isoformat()}:{member_id}"


def week_in(key: str) -> date:
    """Return the week from the key of a digest, or of a letter about one that was missed."""
    return date.fromisoformat(key.split(":")[2])


def personal_key(member_id: str, week: date) -> str:
    return f"{PERSONAL}:{member_id}:{week.isoformat()}"


def attention_key(community_id: int, member_id: str, week: date) -> str:
    return f"{ATTENTION}:{community_id}:{member_id}:{week.isoformat()}"
