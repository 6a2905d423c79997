"""A digest: what a community may like to know once a week, as it was at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.communities import Community
from models.hangouts.hangout import Hangout
from models.materials.material import Material
from models.pilots.evidence import Evidence
from models.pilots.pilot import Pilot
from models.problems import Problem
from models.thanks.thanks import Thanks

# Of the questions that an earlier digest told of, so many stand beside what is new.
STILL_WAITING_AT_MOST = 2


@dataclass(frozen=True)
class Meeting:
    """The next hangout, and how many of its seats to present nobody has yet."""

    hangout: Hangout
    free_seats: int


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What is open in a community, and what came after `since` and no later than `at`.

    `questions` are problems without an answer, the newest first. `evidence` is by pilot id,
    `receivers` by the id of the thanks, in the order they were thanked. `names` are display names
    by member id; `links` the addresses of messages by the kind of their post and the id of what it
    is about. For a channel that is not the community's own (`is_elsewhere`) it holds only what
    anybody there may see. `opening` is how the community words its first line, with placeholders.
    """

    community: Community
    since: datetime
    at: datetime
    is_elsewhere: bool = False
    questions: Sequence[Problem] = ()
    meeting: Meeting | None = None
    pilots: Sequence[Pilot] = ()
    evidence: Mapping[int, Evidence] = field(default_factory=dict)
    thanks: Sequence[Thanks] = ()
    receivers: Mapping[int, Sequence[str]] = field(default_factory=dict)
    materials: Sequence[Material] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[tuple[str, int], str] = field(default_factory=dict)
    opening: str | None = None

    @property
    def has_news(self) -> bool:
        """Say whether it is worth a message.

        A question is news once, in the first digest after it was shared: unanswered for two days it
        is brought back where it stands, and who asked is not to be named for nothing each week. The
        next hangout alone is none, for it has an invitation already.
        """
        return bool(self.new_questions or self.pilots or self.thanks or self.materials)

    @property
    def new_questions(self) -> Sequence[Problem]:
        """The questions that were shared in this time."""
        return [one for one in self.questions if self.is_new(one.shared_at)]

    @property
    def first_questions(self) -> Sequence[Problem]:
        """The questions of this time, and beside them the latest few that still wait."""
        return self.questions[: len(self.new_questions) + STILL_WAITING_AT_MOST]

    @property
    def finished(self) -> Sequence[Pilot]:
        """The pilots that were finished in this time; the others were shared in it."""
        return [one for one in self.pilots if self.is_new(one.finished_at)]

    def is_new(self, moment: datetime | None) -> bool:
        return moment is not None and self.since < moment <= self.at
