"""Communities in Slack.

/staffroom              help; `help` as well
/staffroom setup        opens the form that makes this channel a community
(set-up form)           makes it one and guides on, or keeps its new settings
/staffroom settings     a community’s settings, for who looks after it; else one’s own
/staffroom status       how the community, the posts and the ticks stand
(the bot is invited)    a private first word to whoever invited it
(somebody joins)        a private welcome, once in their life
(people and channels come, go, change names or privacy)    our rows follow
every hour              asks what may have changed unseen
"""

from typing import Any

from handlers.communities import following, guiding, helping, setting_up, settings, welcoming
from handlers.communities.following import INVITED, draw_invited, follow_message
from handlers.communities.refreshing import refresh_channels
from handlers.posts import PostKind

__all__ = ["POSTS", "follow_message", "refresh_channels", "register"]

POSTS = {INVITED: PostKind(draw_invited)} | welcoming.POSTS | guiding.POSTS


def register(app: Any) -> None:
    setting_up.register(app)
    following.register(app)
    helping.register(app)
    settings.register(app)
    guiding.register(app)
