"""Materials in Slack.

/material URL [title]       the form, with the link already in it
Save as material            links and files of a message
(a card)                    [I used this] [Remix], ⋯ Edit, Attach, Delete
/material find, list, mine, show    pages that only the reader sees
(a year later)              the owner is asked whether it still holds
(a quarter)                 an archive of all that is public, to the facilitators
"""

from typing import Any

from handlers.materials import (
    archiving,
    attaching,
    changing,
    checking,
    drawing,
    finding,
    from_message,
    listing,
    opening,
    remixing,
    saving,
    showing,
    using,
)
from handlers.materials.archiving import next_moment as next_archive
from handlers.materials.archiving import post_archives
from handlers.materials.checking import check_materials, follow_message, next_moment
from handlers.materials.listing import home_section as home_finding

__all__ = [
    "POSTS",
    "check_materials",
    "follow_message",
    "home_finding",
    "next_archive",
    "next_moment",
    "post_archives",
    "register",
]

PARTS = (
    opening,
    from_message,
    saving,
    changing,
    listing,
    finding,
    showing,
    drawing,
    using,
    remixing,
    attaching,
    checking,
    archiving,
)
POSTS = drawing.POSTS | using.POSTS | remixing.POSTS | checking.POSTS | archiving.POSTS


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)
