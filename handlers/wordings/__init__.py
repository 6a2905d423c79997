"""A community's own words in Slack.

[Change], at What I say  all texts to the whole community, and in whose words each is; it stands
                         in the community's settings
[Reword]                 a form with placeholders; then how it will look; then it is kept
[Back to our words]      undoes it
"""

from typing import Any

from handlers.wordings import choosing

__all__ = ["register"]


def register(app: Any) -> None:
    choosing.register(app)
