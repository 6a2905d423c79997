"""What members can do in Slack: one module a feature."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from handlers import (
    communities,
    consultancies,
    hangouts,
    home,
    materials,
    members,
    messages,
    pilots,
    posts,
    practices,
    problems,
    request,
    thanks,
)
from handlers.posts import PostKind

FEATURES: tuple[ModuleType, ...] = (
    communities,
    members,
    hangouts,
    consultancies,
    pilots,
    practices,
    problems,
    thanks,
    materials,
    home,
    posts,
    request,
    messages,
)


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

    These are `home_section`, `follow_message`, `follow_reaction` and `next_moment`.
    """
    return [getattr(feature, name) for feature in FEATURES if hasattr(feature, name)]
