"""The words that all drawings of a material share: what it is, where it opens, who used it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from slack_sdk.models.blocks import RichTextElementParts

from handlers.blocks.hangouts.facts import Phrase, linked, phrase
from handlers.blocks.text import first_upper, mention
from models.materials.material import Circle, Kind, Material

# The beginning of what may be a link; nothing else is ever shown as one.
WEB = ("http://", "https://")
_A_KIND = {
    Kind.LESSON: "a lesson",
    Kind.PROTOCOL: "a protocol",
    Kind.RUBRIC: "a rubric",
    Kind.VIDEO: "a video",
    Kind.SLIDES: "a slide deck",
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known for drawing materials, as far as everybody who reads the drawing may see it.

    `names` are display names by member id, `places` what communities' channels are called by
    community id. `uses` are how many people used each material, by material id; `origins` what
    each was made from and `remixes` what was made from each, both by the id of the one drawn.
    `links` are the addresses of cards by material id, `address` is the workspace's own, ending
    with a slash.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    uses: Mapping[int, int] = field(default_factory=dict)
    origins: Mapping[int, Material] = field(default_factory=dict)
    remixes: Mapping[int, Sequence[Material]] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)
    address: str | None = None

    def person(self, member_id: str) -> Phrase:
        """Return a name in bold; Slack fills in one that we do not know yet."""
        if name := self.names.get(member_id):
            return phrase(first_upper(name), bold=True)
        return Phrase((RichTextElementParts.User(user_id=member_id),), mention(member_id))

    def name(self, member_id: str) -> str:
        """Return a name where Slack fills in none."""
        return first_upper(self.names.get(member_id, "a colleague"))

    def place(self, material: Material) -> str:
        """Return what its channel is called, as far as the reader may know of it."""
        return self.places.get(material.community_id, "another community")

    def title(self, material: Material, *, bold: bool = False) -> Phrase:
        """Return the title, which opens the material while it is still there."""
        return linked(material.title, address_of(material, self.address), bold=bold)


def address_of(material: Material, workspace_address: str | None) -> str | None:
    """Return where it opens, or None: a file that is gone from Slack opens nowhere.

    Slack finds a file by its id alone; the name is for whoever reads the address.
    """
    if material.slack_file_id is not None and material.gone_at is not None:
        return None
    if material.file_id is None:
        url = material.url or ""
        return url if url.lower().startswith(WEB) else None
    if workspace_address is None:
        return None
    name = f"/{quote(material.file_name)}" if material.file_name else ""
    return f"{workspace_address}files/{material.owner_id}/{material.file_id}{name}"


def a_kind(material: Material) -> str:
    """Return what it is with its article, such as "a rubric"."""
    return next((words for kind, words in _A_KIND.items() if kind == material.kind), "a material")


def material_facts(material: Material, known: Known, *, with_kind: bool = False) -> list[str]:
    """Return the facts of the grey line, each in a few words; what nobody filled in is left out."""
    facts = [
        *state_words(material),
        _kind_words(material) if with_kind else "",
        minutes_words(material.minutes),
        material.subject or "",
        grades_words(material.grades),
        ", ".join(material.topics),
        material.licence or "",
        used_words(known.uses.get(material.id, 0)),
    ]
    return [fact for fact in facts if fact]


def minutes_words(minutes: int | None) -> str:
    """Return how long it takes, "" where nobody said so."""
    return f"{minutes} minute{'s' * (minutes > 1)}" if minutes else ""


def grades_words(grades: str | None) -> str:
    """Return for which grades it is; bare numbers are named as what they are."""
    if not grades:
        return ""
    if not grades[0].isdigit():
        return grades
    return f"grade {grades}" if grades.isdigit() else f"grades {grades}"


def used_words(people: int) -> str:
    """Return how many people used it, "" while nobody has said so."""
    if not people:
        return ""
    return f"used by {people} colleague{'s' * (people > 1)}"


def state_words(material: Material) -> list[str]:
    """Return what a reader should know before opening it, if anything."""
    is_old = material.stale_at is not None and not material.holds_no_more
    words = ["not checked lately"] if is_old else []
    if material.gone_at is not None:
        words.append(f"the {gone_words(material)} is gone from Slack")
    return words


def warning_of(material: Material) -> list[Phrase]:
    """Return what everybody reads right below the title of one that no longer holds."""
    if not material.holds_no_more:
        return []
    return [phrase("Whoever looks after it says that it no longer holds.", bold=True)]


def gone_words(material: Material) -> str:
    """Return what of it was deleted in Slack, as far as Slack told us."""
    if material.slack_file_id is None:
        return "message"
    return "file or its message" if material.source_ts is not None else "file"


def circle_words(material: Material, known: Known) -> str:
    """Return who sees it, for its owner."""
    if material.circle == Circle.NETWORK:
        return "the whole network sees it"
    return f"seen in {known.place(material)}"


def lineage(material: Material, known: Known) -> list[Phrase]:
    """Return what it was made from, and what was made from it, as far as the reader sees that."""
    lines = []
    if origin := known.origins.get(material.id):
        lines.append(phrase("Built on ", known.title(origin), f" by {known.name(origin.owner_id)}"))
    if remixes := known.remixes.get(material.id):
        shown = [phrase(known.title(one), f" by {known.name(one.owner_id)}") for one in remixes[:3]]
        parts: list[str | Phrase] = ["Remixed in "]
        for number, one in enumerate(shown):
            parts += [one] if number == 0 else [", ", one]
        if len(remixes) > len(shown):
            parts.append(" and others")
        lines.append(phrase(*parts))
    return lines


def _kind_words(material: Material) -> str:
    return material.kind if material.kind != Kind.OTHER else ""
