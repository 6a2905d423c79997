"""Pilots in Slack.

/pilot                      my pilots, each with [Log]
/pilot start                the form: aim, prediction, what is noted, how often to be asked
/pilot log 18/26 …          one value, with what was seen
(a reply to the reminder)   the same: "18 of 26"
[My values], [Note a change]    corrects them, marks the chart
/pilot pause, resume, stop  whether I am asked for values
/pilot finish               prediction beside result, what was learned, the decision
/pilot list, show, find     what colleagues let me see
(by the rhythm chosen)      a letter asks for a value, and for the decision at the end
[Share] [Try this] [Champion]    how a pilot travels
"""

from typing import Any

from handlers.pilots import (
    asking,
    championing,
    changing,
    entering,
    finishing,
    listing,
    marking,
    observing,
    opening,
    pausing,
    sharing,
    showing,
    starting,
)
from handlers.pilots.asking import ask_for_values, next_moment
from handlers.pilots.hearing import hear_words
from handlers.pilots.listing import home_now, home_section

__all__ = [
    "POSTS",
    "ask_for_values",
    "hear_words",
    "home_now",
    "home_section",
    "next_moment",
    "register",
]

PARTS = (
    opening,
    starting,
    changing,
    entering,
    observing,
    marking,
    asking,
    pausing,
    listing,
    showing,
    finishing,
    sharing,
    championing,
)
POSTS = asking.POSTS | finishing.POSTS | sharing.POSTS | championing.POSTS


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)
