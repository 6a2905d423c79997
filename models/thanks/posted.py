"""Posted: the kinds of what is said about thanks, and the keys of these posts."""

from __future__ import annotations

from models.thanks.shower import Shower
from models.thanks.thanks import Thanks

# In the community's channel, of a public one; lives on.
CARD = "thanks.card"
# Letters to one member each: to a receiver, lives on …
RECEIVED = "thanks.received"
# … to its giver, when a receiver would rather keep it between them.
KEPT_PRIVATE = "thanks.kept_private"
# … about a colleague not thanked yet.
NUDGE = "thanks.nudge"
# … after a hangout, and after one's problem was resolved.
SUGGESTION = "thanks.suggestion"
SUGGESTION_OF_PROBLEM = "thanks.suggestion_of_problem"
# … that invites to write for a shower, and all its notes together.
SHOWER_INVITATION = "thanks.shower_invitation"
SHOWER = "thanks.shower"
# … to whoever opened it, when nothing came of it, and to a writer whose words come back.
SHOWER_EMPTY = "thanks.shower_empty"
SHOWER_OFF = "thanks.shower_off"
# Once a week in the channel of a community that wants it.
PROMPT = "thanks.prompt"
# To its facilitators, when nobody answered for long and the bot asks no more by itself.
PROMPT_PAUSED = "thanks.prompt_paused"
# Files in a direct message: one's own journal, to keep.
JOURNAL_DOCUMENT = "thanks.journal_document"
JOURNAL_TABLE = "thanks.journal_table"

# Names in PostKind.switch; models.members.SWITCHES lists them. A SUGGESTION, like a NUDGE, is one
# of IDEAS; invitations to a shower are SHOWERS.
RECEIVING, IDEAS, SHOWERS = "thanks.receiving", "thanks.ideas", "thanks.showers"


def card_key(thanks: Thanks) -> str:
    """Return the key of the card of a public one."""
    return f"{CARD}:{thanks.id}"


def received_key(thanks: Thanks, member_id: str) -> str:
    return f"{RECEIVED}:{thanks.id}:{member_id}"


def invitation_key(shower: Shower, member_id: str) -> str:
    return f"{SHOWER_INVITATION}:{shower.id}:{member_id}"


def shower_key(shower: Shower) -> str:
    return f"{SHOWER}:{shower.id}"
