"""The words of a material: what has to be there, and how long it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from models.errors import RuleError
from models.materials.likeness import file_key
from models.materials.links import Link
from models.materials.material import TITLE_LENGTH, URL_LENGTH, Circle, Kind, Material
from models.text import clean, one_line

# Characters by field; `topics` is a list, as it is typed.
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "title": TITLE_LENGTH,
        "url": URL_LENGTH,
        "topics": 200,
        "subject": 60,
        "grades": 60,
        "minutes": 12,
        "note": 1000,
    }
)
TOPICS_AT_MOST, TOPIC_LENGTH = 8, 30
# A unit of several lessons is a material as well.
LONGEST = 600
FILE_NAME_LENGTH = 255

Choice = TypeVar("Choice", bound=StrEnum)

_ONE_LINE = ("title", "subject", "grades", "minutes")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min|mins|minute|minutes)?\.?", re.IGNORECASE)
_FILE_ID = re.compile(r"F[A-Z0-9]{2,30}")


class Licence(StrEnum):
    """What others may do with a material; the value is what everybody reads."""

    ASK = "Ask me first"
    BY = "CC BY"
    BY_SA = "CC BY-SA"
    BY_NC_SA = "CC BY-NC-SA"
    ZERO = "CC0"
    SCHOOL = "Belongs to our school"


class MaterialError(RuleError):
    """Something that was filled in cannot be kept; `field` names which."""


@dataclass(frozen=True)
class SlackFile:
    """A file in Slack, as Slack told of it."""

    file_id: str
    name: str

    @classmethod
    def of(cls, file_id: object, name: object) -> SlackFile | None:
        """Return the file, or None for an id that is none of Slack's; both may be forged."""
        if not _FILE_ID.fullmatch(str(file_id)):
            return None
        return cls(str(file_id), one_line(str(name or ""))[:FILE_NAME_LENGTH] or "File")


@dataclass(frozen=True, kw_only=True)
class MaterialWording:
    """Everything a member writes about a material, cleaned and within its limits."""

    title: str
    kind: Kind = Kind.OTHER
    topics: tuple[str, ...] = ()
    subject: str | None = None
    grades: str | None = None
    minutes: int | None = None
    licence: Licence | None = None
    note: str | None = None

    @classmethod
    def of(
        cls,
        *,
        title: str | None,
        kind: str | None = None,
        licence: str | None = None,
        **others: str | None,
    ) -> MaterialWording:
        """Return what was typed, fit to keep; raises a MaterialError that names the field at fault.

        `others` are the other fields of LENGTHS, `topics` with commas between them. `kind` and
        `licence` may be forged; without a licence nothing is said about it.
        """
        return cls(
            title=_title(title),
            kind=_chosen(Kind, kind or Kind.OTHER, "kind"),
            topics=topics_in(others.get("topics")),
            subject=_written("subject", others.get("subject")) or None,
            grades=_written("grades", others.get("grades")) or None,
            minutes=_minutes(_written("minutes", others.get("minutes"))),
            licence=_chosen(Licence, licence, "licence") if licence else None,
            note=_written("note", others.get("note")) or None,
        )

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away."""
        lines = (self.title, self.note, *self.topics, self.subject, self.grades)
        return "\n".join(line for line in lines if line)

    def set_on(self, row: Material) -> None:
        """Write the words into a row."""
        row.title, row.kind, row.topics = self.title, self.kind, list(self.topics)
        row.subject, row.grades, row.minutes = self.subject, self.grades, self.minutes
        row.licence, row.note = self.licence, self.note


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be saved: the words, the link or the file, and who may see it.

    `source` is the message it was found in, as channel and timestamp. `is_announced` says whether
    a card goes into the community's channel. `remix_of_id` is what it was made from, which its
    owner sees; `attach_to` is a place such as "problem:7", which may be gone by now.
    """

    wording: MaterialWording
    link: Link | None = None
    file: SlackFile | None = None
    circle: Circle = Circle.COMMUNITY
    is_announced: bool = True
    source: tuple[str, str] | None = None
    remix_of_id: int | None = None
    attach_to: str | None = None

    @property
    def same_key(self) -> str:
        """What tells this link or file from all others, however it is spelled."""
        if self.file is not None:
            return file_key(self.file.file_id)
        if self.link is None:
            raise MaterialError("Please give a link, or add a file.", field="url")
        return self.link.key

    def set_on(self, row: Material) -> None:
        """Write into a row all that may change; where it comes from stays what it was."""
        self.wording.set_on(row)
        row.same_key = self.same_key
        row.url = self.link.url if self.link and self.file is None else None
        row.file_id = self.file.file_id if self.file else None
        row.file_name = self.file.name if self.file else None
        row.circle, row.is_announced = self.circle, self.is_announced


def link_or_file(url: str | None, file: SlackFile | None) -> Link | None:
    """Return the link, or None where it is a file; raises a RuleError for both and for neither."""
    typed = clean(url or "")
    if typed and file is not None:
        raise MaterialError(
            "There is a link and a file. Please keep one of them; the other can be a second "
            "material, or a line in the note.",
            field="url",
        )
    if not typed and file is None:
        raise MaterialError("Please give a link, or add a file.", field="url")
    return Link.of(typed) if typed else None


def circle_of(chosen: str | None) -> Circle:
    """Return who may see it; raises a MaterialError for what the form does not offer."""
    return _chosen(Circle, chosen or Circle.COMMUNITY, "circle")


def topics_in(typed: str | None) -> tuple[str, ...]:
    """Return each topic once, in the order and spelling in which it was first typed."""
    topics: dict[str, str] = {}
    for part in re.split(r"[,;\n]", _written("topics", typed)):
        topic = one_line(part.strip().lstrip("#"))
        if topic:
            topics.setdefault(topic.casefold(), topic)
    if len(topics) > TOPICS_AT_MOST or any(len(topic) > TOPIC_LENGTH for topic in topics.values()):
        raise MaterialError(
            f"Up to {TOPICS_AT_MOST} topics fit, of {TOPIC_LENGTH} characters each, "
            "with commas between them.",
            field="topics",
        )
    return tuple(topics.values())


def note_in(typed: str | None) -> str | None:
    """Return a note, cleaned; raises a MaterialError when it is too long."""
    return _written("note", typed) or None


def _title(typed: str | None) -> str:
    title = _written("title", typed)
    if not title:
        raise MaterialError("Please give it a title. A few words are plenty.", field="title")
    return title


def _written(field: str, text: str | None) -> str:
    kept, most = clean(text or ""), LENGTHS[field]
    kept = one_line(kept) if field in _ONE_LINE else kept
    if len(kept) > most:
        raise MaterialError(
            f"This is {len(kept):,} characters long and {most:,} fit here. Please shorten it.",
            field=field,
        )
    return kept


def _minutes(typed: str) -> int | None:
    """Return whole minutes; "45", "45 min" and "45 minutes" are understood."""
    if not typed:
        return None
    told = _MINUTES.fullmatch(typed)
    # Only the digits of English are read by every database.
    minutes = int(told[1]) if told and told[1].isascii() else 0
    if not 1 <= minutes <= LONGEST:
        raise MaterialError(
            f"Please write whole minutes from 1 to {LONGEST}, such as 45.", field="minutes"
        )
    return minutes


def _chosen(choices: type[Choice], value: str, field: str) -> Choice:
    try:
        return choices(value)
    except ValueError:
        raise MaterialError("Please choose one of those in the list.", field=field) from None
