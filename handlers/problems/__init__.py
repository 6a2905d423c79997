"""Problems of practice in Slack.

/problem [text]             opens the form, with the text already in it
(share form)                posts the card; the author alone sees similar earlier problems
Share a problem, Make it a problem    the same from the shortcut menus
/problem list, mine, unanswered, find WORDS    pages that only the reader sees
[Me too] [I can help]       count on the card; the author hears of help offered
⋯ Edit, Resolve, Reopen, Answer without my name, Delete    for author and facilitators
(a reply in the thread)     counts; so do its edits and deletion
(an offer, an answer, a facilitator's change)    the author gets a letter
48 hours after sharing      a problem nobody answered is brought back once, by day
"""

from typing import Any

from handlers.problems import answering, changing, listing, opening, responding, sharing
from handlers.problems.drawing import POSTS as PUBLIC_POSTS
from handlers.problems.letters import LETTERS
from handlers.problems.listing import home_finding, home_section
from handlers.problems.responding import follow_message

__all__ = ["POSTS", "follow_message", "home_finding", "home_section", "register"]

POSTS = PUBLIC_POSTS | LETTERS


def register(app: Any) -> None:
    opening.register(app)
    sharing.register(app)
    listing.register(app)
    responding.register(app)
    changing.register(app)
    answering.register(app)
