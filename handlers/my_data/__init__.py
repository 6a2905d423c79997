"""My data in Slack.

/staffroom me               what is kept about me; [Export], [Delete everything]
"""

from typing import Any

from handlers.my_data import erasing, exporting, forgetting, seeing

__all__ = ["POSTS", "forget_nameless", "next_moment", "register"]

PARTS = (seeing, exporting, erasing)
POSTS = exporting.POSTS | forgetting.POSTS
forget_nameless = forgetting.forget_nameless
next_moment = forgetting.next_moment


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)
