"""Exports in Slack.

/staffroom export           leads: the network’s records as tables
/staffroom retention        leads: how long records are kept
(each night)                leads are told of what is to go; a month later it goes
"""

from typing import Any

from handlers.exports import exporting, keeping
from handlers.exports.home import home_finding
from handlers.exports.keeping import next_moment, remove_old_records

__all__ = ["POSTS", "home_finding", "next_moment", "register", "remove_old_records"]

PARTS = (exporting, keeping)
POSTS = exporting.POSTS | keeping.POSTS


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)
