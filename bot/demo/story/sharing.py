"""What people of the example do with thanks and materials: the words of that part of its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.demo.story.happenings import Happening


@dataclass(frozen=True)
class Chooses(Happening):
    """A facilitator chooses how a community thanks, by field of the form."""

    channel: str
    customs: Mapping[str, str]


@dataclass(frozen=True)
class Thanks(Happening):
    """What is typed after `/thanks`; people are mentioned by first name."""

    channel: str
    text: str


@dataclass(frozen=True)
class Seconds(Happening):
    """Someone says the same as the newest thanks of a channel; an emoji is named without colons."""

    channel: str
    with_emoji: str = ""


@dataclass(frozen=True)
class Saves(Happening):
    """What is typed after `/material`, and the rest of the form."""

    channel: str
    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class ThanksFor(Happening):
    """Thanks by the form, by its fields; `to` are first names."""

    channel: str
    to: Sequence[str]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Showers(Happening):
    """A facilitator asks a community to write notes for one of them, in so many days."""

    channel: str
    to: str
    occasion: str
    in_days: int


@dataclass(frozen=True)
class WritesNote(Happening):
    """The answer to the invitation to a shower."""

    text: str


@dataclass(frozen=True)
class Uses(Happening):
    """Someone used a material, and says how it went."""

    material: str
    how: str


@dataclass(frozen=True)
class Attaches(Happening):
    """Someone puts a material beside the newest problem whose title begins so."""

    material: str
    problem: str


@dataclass(frozen=True)
class Remixes(Happening):
    """Someone makes something new of a material."""

    material: str
    answers: Mapping[str, str]
