"""The tool belt in Slack.

/practice                   the community's menu, and where to look
/practice find WORDS        practices by words, best first
/practice show NAME         one practice: how to, who tried it, how it spread
/practice add, edit NAME    the form; everybody in the workspace can read it
/practice menu              what the community suggests, in its order; facilitators change it
[Try this]                  starts a pilot of it (handlers/pilots)
"""

from typing import Any

from handlers.practices import adding, listing, menu, showing, spreading
from handlers.practices.listing import home_section as home_finding

__all__ = ["POSTS", "home_finding", "register"]

PARTS = (listing, showing, adding, menu, spreading)
POSTS = menu.POSTS


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)
