"""Lists of materials, a page at a time: a community's, one's own, and what a search found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.facts import grey_line, phrase
from handlers.blocks.materials.facts import Known, material_facts
from handlers.blocks.materials.ids import FIND, PAGE, SHOW, USED, save_button
from handlers.blocks.message import Message
from handlers.blocks.text import excerpt
from models.materials.filters import Sought
from models.materials.finding import PAGE_SIZE, MaterialPage
from models.materials.material import Material

EARLIER = f"{PAGE}.earlier"
LATER = f"{PAGE}.later"
# Runs the word in the button's value, as if it had been typed after /material.
RUN = "materials.run"
MINE, LISTED, EVERYWHERE, FOUND = "mine", "list", "everywhere", "find"
TYPED_LENGTH = 120
# No id and no page of ours is higher; a database takes no number without end.
HIGHEST = 999_999_999
WHAT_IT_IS = (
    "A material is a link or a file that worked in a lesson, for example a rubric for group work. "
    "Saved once, it is found again by everybody here."
)


@dataclass(frozen=True, kw_only=True)
class PageWanted:
    """Which page of which list a button leads to, counted from 0."""

    what: str
    page: int = 0
    community_id: int | None = None
    sought: Sought = field(default_factory=Sought)

    @property
    def value(self) -> str:
        facts = {"what": self.what, "page": self.page}
        about = {"community_id": self.community_id} if self.community_id else {}
        sought = {"sought": self.sought.facts} if not self.sought.is_empty else {}
        return json.dumps(facts | about | sought, ensure_ascii=False)

    @classmethod
    def read(cls, value: str) -> PageWanted | None:
        """Return what a button's value asks for, or None for a forged one."""
        try:
            facts = json.loads(value)
            wanted = cls(
                what=str(facts["what"]),
                page=int(facts["page"]),
                community_id=int(facts["community_id"]) if "community_id" in facts else None,
                sought=sought_in(facts.get("sought")),
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None
        return wanted if 0 <= (wanted.community_id or 0) <= HIGHEST else None

    def at(self, page: int) -> PageWanted:
        return replace(self, page=page)


def sought_in(facts: object) -> Sought:
    """Return the search that a button carries; what is forged in it is left out."""
    if not isinstance(facts, dict):
        return Sought()
    words = facts.get("words")
    chosen = {name: value for name, value in facts.items() if isinstance(value, list)}
    chosen.pop("words", None)
    return Sought.of(words=words if isinstance(words, str) else None, **chosen)


def my_materials(page: MaterialPage, known: Known) -> Message:
    """Return one page of what the reader saved, for their eyes only."""
    if not page.total:
        return invitation(f"You have not saved a material yet. {WHAT_IT_IS}")
    wanted = PageWanted(what=MINE, page=page.number)
    return _paged("Your materials · only you see this list", page, wanted, known)


def material_list(page: MaterialPage, wanted: PageWanted, known: Known, place: str) -> Message:
    """Return one page of what is kept; `place` names where, such as "in #math-circle"."""
    if not page.total:
        return invitation(f"No materials {place} yet. {WHAT_IT_IS}")
    return _paged(f"Materials {place}", page, wanted, known, is_numbered=True)


def found_materials(
    page: MaterialPage, wanted: PageWanted, corrected: Mapping[str, str], known: Known
) -> Message:
    """Return what a search found; `corrected` are its misspelled words and what stood for them."""
    typed = excerpt(str(wanted.sought), TYPED_LENGTH)
    again = refine_button(wanted.sought)
    if not page.total:
        text = f"I found no material with “{typed}”. Fewer or other words may help."
        return invitation(f"{text} Or save yours: colleagues may be looking for it, too.", again)
    heading = f"{page.total} {'material' if page.total == 1 else 'materials'} with “{typed}”"
    if corrected:
        shown, instead = (", ".join(words) for words in (corrected.values(), corrected))
        heading = f"Showing results for “{shown}” instead of “{instead}”"
    return _paged(heading, page, wanted, known, again)


def which_material(typed: str, materials: Sequence[Material], known: Known) -> Message:
    """Ask which of a few materials is meant."""
    first = phrase(f"Which one is “{excerpt(typed, TYPED_LENGTH)}”?", bold=True)
    return Message.of(
        [first.text, *(row_line(one, known) for one in materials)],
        [first.block, *material_rows(materials, known)],
    )


def material_rows(
    materials: Sequence[Material], known: Known, *, numbers_from: int = 0
) -> list[Block]:
    """Return each material as its title, a grey line of facts, and what one can do.

    With `numbers_from` each has its number before it.
    """
    return [
        block
        for number, one in enumerate(materials, numbers_from)
        for block in _row(one, known, f"{number}. " if numbers_from else "")
    ]


def row_line(material: Material, known: Known, mark: str = "• ") -> str:
    """Return the same in one line of a message's text."""
    facts = " · ".join(_row_facts(material, known))
    return phrase(mark, known.title(material), f" · {facts}").text


def find_button(text: str = "Find a material") -> ButtonElement:
    return ButtonElement(text=text, action_id=FIND, value="")


def refine_button(sought: Sought) -> ButtonElement:
    """Return the button that opens the form with this search in it."""
    value = json.dumps(sought.facts, ensure_ascii=False)
    return ButtonElement(text="Change the search", action_id=FIND, value=value)


def invitation(text: str, *more: ButtonElement) -> Message:
    """Return a few words and the button that saves a material."""
    said = phrase(text)
    return Message.of([said.text], [said.block, ActionsBlock(elements=[save_button(), *more])])


def _row(material: Material, known: Known, mark: str) -> list[Block]:
    value = str(material.id)
    title = excerpt(material.title, 60)
    buttons = [
        ButtonElement(
            text="Look closer",
            action_id=SHOW,
            value=value,
            accessibility_label=f"Look closer at {title}",
        ),
        ButtonElement(
            text="I used this",
            action_id=USED,
            value=value,
            accessibility_label=f"I used {title}",
        ),
    ]
    return [
        phrase(mark, known.title(material, bold=True)).block,
        grey_line(_row_facts(material, known)),
        ActionsBlock(elements=buttons),
    ]


def _row_facts(material: Material, known: Known) -> list[str]:
    """Return who saved it where, and its facts."""
    whose = f"{known.name(material.owner_id)} in {known.place(material)}"
    warning = ["no longer holds"] if material.holds_no_more else []
    return [whose, *warning, *material_facts(material, known, with_kind=True)]


def _paged(
    heading: str,
    page: MaterialPage,
    wanted: PageWanted,
    known: Known,
    *more: ButtonElement,
    is_numbered: bool = False,
) -> Message:
    first = phrase(heading, bold=True)
    start = page.number * PAGE_SIZE + 1 if is_numbered else 0
    lines = [
        row_line(one, known, f"{number}. " if is_numbered else "• ")
        for number, one in enumerate(page.materials, start)
    ]
    buttons = []
    if page.has_earlier:
        value = wanted.at(page.number + 1).value
        buttons.append(ButtonElement(text="Earlier", action_id=EARLIER, value=value))
    if page.has_later:
        value = wanted.at(page.number - 1).value
        buttons.append(ButtonElement(text="Later", action_id=LATER, value=value))
    rows = material_rows(page.materials, known, numbers_from=start)
    below = [*buttons, *(more or (find_button(),))]
    return Message.of([first.text, *lines], [first.block, *rows, ActionsBlock(elements=below)])
