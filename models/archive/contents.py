"""Contents: what an archive holds, as every member of its community may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.materials.material import Addition, Material, Use
from models.pilots.measures import Value
from models.pilots.pilot import Pilot
from models.practices.practice import Practice
from models.problems import Problem
from models.thanks.thanks import Thanks


@dataclass(frozen=True)
class Noted:
    """One value of a pilot on its day. What its teacher saw that day is their own."""

    on_date: date
    value: Value


@dataclass(frozen=True, kw_only=True)
class Problems:
    """Problems, newest first; one shared without a name has no author here either.

    `consultancies` are those with an outcome or a next step, by problem id.
    """

    problems: Sequence[Problem]
    consultancies: Mapping[int, Sequence[Consultancy]]


@dataclass(frozen=True, kw_only=True)
class Hangouts:
    """Hangouts that have begun, newest first, and by their ids the consultancies held there."""

    hangouts: Sequence[Hangout]
    consultancies: Mapping[int, Sequence[Consultancy]]


@dataclass(frozen=True, kw_only=True)
class Pilots:
    """Pilots that their teachers share, newest first, and their values by pilot id."""

    pilots: Sequence[Pilot]
    values: Mapping[int, Sequence[Noted]]


@dataclass(frozen=True, kw_only=True)
class MenuShown:
    """What the community suggests to try, in its order."""

    practices: Sequence[Practice] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Materials:
    """Materials, newest first; by their ids what colleagues added, and how it went.

    `origins` are titles of what they were made from, as far as the whole community sees those.
    """

    materials: Sequence[Material]
    additions: Mapping[int, Sequence[Addition]]
    uses: Mapping[int, Sequence[Use]]
    origins: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class PublicThanks:
    """Public thanks, newest first; by their numbers who is thanked and who seconds."""

    thanks: Sequence[Thanks]
    receivers: Mapping[int, Sequence[str]]
    seconders: Mapping[int, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Archive:
    """All that is public in a community at `made_at`; `names` are display names by member id."""

    community: Community
    made_at: datetime
    names: Mapping[str, str]
    problems: Problems
    hangouts: Hangouts
    pilots: Pilots
    menu: MenuShown
    materials: Materials
    thanks: PublicThanks

    def name(self, member_id: str | None) -> str:
        return self.names.get(member_id or "", "a colleague")
