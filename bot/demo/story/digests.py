"""The digests of the example: who chose which, and what is said in the facilitators' own words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.demo.story.happenings import Happening, school_day


@dataclass(frozen=True)
class ChoosesDigest(Happening):
    """A facilitator chooses when the digest comes; `weekday` counts from Monday as 0."""

    channel: str
    weekday: int
    time: str


@dataclass(frozen=True)
class SumsUp(Happening):
    """A lead has all communities summed up once a week, in a channel that everybody reads."""

    channel: str
    name: str
    weekday: int
    time: str


@dataclass(frozen=True)
class WantsLetter(Happening):
    """Somebody wants their own digest each week."""

    channel: str


@dataclass(frozen=True)
class Rewords(Happening):
    """A facilitator says in other words what the bot says; `spot` is one of its sentences."""

    channel: str
    spot: str
    text: str


STORY: list[Happening] = [
    ChoosesDigest("Ben", school_day(25, "14:40"), "math-circle", weekday=0, time="07:30"),
    ChoosesDigest("Ines", school_day(20, "15:30"), "science-lab", weekday=4, time="14:00"),
    SumsUp("Dana", school_day(18, "10:10"), "general", "All schools", weekday=4, time="14:30"),
    WantsLetter("Ana", school_day(12, "16:20"), "math-circle"),
    Rewords(
        "Ben",
        school_day(11, "16:40"),
        "math-circle",
        "digest_opening",
        "Here is what moved in {community} since last Monday:",
    ),
]
