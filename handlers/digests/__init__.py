"""Digests in Slack.

(once a week)               a community’s digest in its channel; nothing new, nothing posted
/staffroom digest           the same as it would be now, for one’s own eyes
/staffroom digest network   leads: several communities summed up in a channel of their own
(once a week)               a letter to whoever wants one, a list to facilitators
"""

from typing import Any

from handlers.digests import (
    asking,
    attention,
    customs,
    networks,
    personal,
    previewing,
    weekly,
)
from handlers.digests.attention import home_now, write_to_facilitators
from handlers.digests.attention import next_moment as next_list
from handlers.digests.personal import next_moment as next_personal
from handlers.digests.personal import write_personal
from handlers.digests.weekly import issue_digests
from handlers.digests.weekly import next_moment as next_weekly

__all__ = [
    "POSTS",
    "home_now",
    "issue_digests",
    "next_list",
    "next_personal",
    "next_weekly",
    "register",
    "write_personal",
    "write_to_facilitators",
]

PARTS = (weekly, customs, previewing, networks, asking, personal, attention)
POSTS = weekly.POSTS | personal.POSTS | attention.POSTS


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)
