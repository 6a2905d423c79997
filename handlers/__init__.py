"""What members can do in Slack: one module a feature."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from handlers import (
    communities,
    consultancies,
    digests,
    exports,
    hangouts,
    home,
    materials,
    members,
    messages,
    my_data,
    pilots,
    posts,
    practices,
    problems,
    request,
    thanks,
    wordings,
)
from handlers.posts import PostKind

FEATURES: tuple[ModuleType, ...] = (
    communities,
    members,
    hangouts,
    consultancies,
    pilots,
    problems,
    thanks,
    practices,
    materials,
    digests,
    my_data,
    exports,
    wordings,
    home,
    posts,
    request,
    messages,
)


# App Home from top to bottom: what needs me now, what is mine, where to find and share.
HOME = ("home_now", "home_section", "home_finding")


def register_all(app: Any) -> None:
    """Connect every feature to the app."""
    for feature in FEATURES:
        feature.register(app)


def post_kinds() -> dict[str, PostKind]:
    """Return how every kind of post is drawn."""
    kinds: dict[str, PostKind] = {}
    for feature in FEATURES:
        kinds |= getattr(feature, "POSTS", {})
    return kinds


def offered(name: str) -> Sequence[Callable[..., Any]]:
    """Return what the features offer under that name.

    These are the parts of App Home (`HOME`), `follow_message`, `follow_reaction` and `next_moment`.
    """
    return [getattr(feature, name) for feature in FEATURES if hasattr(feature, name)]


def home_sections() -> Sequence[Callable[..., Any]]:
    """Return what App Home shows, from top to bottom."""
    return [section for name in HOME for section in offered(name)]
