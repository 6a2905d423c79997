"""What can happen in the example community, and when: the words in which its story is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Where the schools of the example are.
ZONE = ZoneInfo("America/Denver")


@dataclass(frozen=True)
class Moment:
    """A time of day on a school day before the one who looks came, or so many hours before."""

    school_days_ago: int = 0
    at: time = time()
    hours_ago: float = 0.0

    def before(self, now: datetime) -> datetime:
        """Return the moment as it was, in UTC."""
        if self.hours_ago:
            return now - timedelta(hours=self.hours_ago)
        day = now.astimezone(ZONE).date()
        left = self.school_days_ago
        while left:
            day -= timedelta(days=1)
            left -= day.weekday() < 5
        return datetime.combine(day, self.at, ZONE).astimezone(UTC)


def school_day(ago: int, at: str) -> Moment:
    """Return a moment such as `school_day(3, "15:40")`: three school days ago, in the afternoon."""
    return Moment(school_days_ago=ago, at=time.fromisoformat(at))


def hours_ago(hours: float) -> Moment:
    return Moment(hours_ago=hours)


@dataclass(frozen=True)
class Happening:
    """Something `by` does at a moment; people are named by their first name."""

    by: str
    at: Moment


@dataclass(frozen=True)
class Writes(Happening):
    """A message in a channel."""

    channel: str
    text: str


@dataclass(frozen=True)
class Joins(Happening):
    channel: str


@dataclass(frozen=True)
class SetsUp(Happening):
    """Someone invites the bot and makes the channel a community."""

    channel: str
    name: str


@dataclass(frozen=True)
class Replies(Happening):
    """An answer in a problem's thread."""

    text: str


@dataclass(frozen=True)
class Likes(Happening):
    """An emoji, named without colons, under the latest answer."""

    emoji: str = "heart"


@dataclass(frozen=True)
class HasThisToo(Happening):
    pass


@dataclass(frozen=True)
class CanHelp(Happening):
    pass


@dataclass(frozen=True)
class AnswersWithoutName(Happening):
    """The author of a problem without a name answers, still without it."""

    text: str


@dataclass(frozen=True)
class Edits(Happening):
    """New words for what was tried."""

    tried: str


@dataclass(frozen=True)
class Resolves(Happening):
    learned: str


@dataclass(frozen=True)
class Withdraws(Happening):
    pass


@dataclass(frozen=True)
class Plans(Happening):
    """Someone plans the hangouts of a channel, the first on the day of `first`."""

    channel: str
    first: Moment
    skills: Sequence[str] = ()


@dataclass(frozen=True)
class Comes(Happening):
    """Someone joins the next hangout of a channel."""

    channel: str


@dataclass(frozen=True)
class CannotCome(Happening):
    channel: str


@dataclass(frozen=True)
class Brings(Happening):
    """The author brings the problem to the next hangout."""


@dataclass(frozen=True)
class Leads(Happening):
    """Someone presses a button under the consultancy that goes on: its action id."""

    channel: str
    press: str


@dataclass(frozen=True)
class Notes(Happening):
    """What somebody writes down of the last hangout; the outcome is of its only consultancy."""

    channel: str
    notes: str
    outcome: str


@dataclass(frozen=True)
class SaysTheyCame(Happening):
    """The answer to the bot's question after a hangout."""


@dataclass(frozen=True)
class WillTry(Happening):
    """A presenter's next step, and a word of thanks."""

    next_step: str
    thanks: str = ""


@dataclass(frozen=True)
class TriedIt(Happening):
    """The answer to the bot's question two weeks later, and what it was like."""

    note: str


@dataclass(frozen=True)
class SetsMenu(Happening):
    """A facilitator suggests practices, by name and in that order."""

    channel: str
    practices: Sequence[str]


@dataclass(frozen=True)
class Starts(Happening):
    """Someone starts a pilot: `plan` holds what they type, by field of the form.

    With a `like` it is inspired by the shared pilot of that person. `starts_in` counts days.
    """

    channel: str
    practice: str
    plan: Mapping[str, str]
    like: str = ""
    starts_in: int = 0


@dataclass(frozen=True)
class Logs(Happening):
    """What is typed after `/pilot log`, in a message to the bot."""

    text: str


@dataclass(frozen=True)
class Pauses(Happening):
    pass


@dataclass(frozen=True)
class Finishes(Happening):
    """The outcome by field of the form; with a `circle` it is shared with them at once."""

    outcome: Mapping[str, str]
    circle: str = ""


@dataclass(frozen=True)
class GoesOn(Happening):
    """The next cycle of the pilot that was finished last, with what is typed for it."""

    plan: Mapping[str, str]


@dataclass(frozen=True)
class Champions(Happening):
    """A lead's kind word for the newest shared pilot of a channel."""

    channel: str
    words: str


@dataclass(frozen=True)
class Shares(Happening):
    """A problem, and what became of it. With `from_message` it begins as an ordinary message."""

    title: str
    happening: str
    tried: str = ""
    question: str = ""
    topics: str = ""
    channel: str = "math-circle"
    without_name: bool = False
    from_message: bool = False
    wanted_help: str = "ideas"
    then: Sequence[Happening] = field(default=(), repr=False)
