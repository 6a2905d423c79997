"""Attaching: the two forms, their lists to choose from, and the line where a material stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    OptionGroup,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TickField, carried
from handlers.blocks.hangouts.facts import Phrase, linked, phrase
from handlers.blocks.materials.facts import Known, address_of
from handlers.blocks.materials.ids import ATTACH, ATTACH_HERE, about_value
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import form, plain_section
from handlers.blocks.text import excerpt, plain
from models.materials.attaching import Standing
from models.materials.material import About, Circle, Material
from models.materials.places import Target

ATTACH_FORM, HERE_FORM = "materials.attach_form", "materials.here_form"
# Lists to choose from: what it may stand beside, and what may stand there.
ABOUT, CHOOSE = "materials.about", "materials.choose"
# A card names so many, and Slack takes ten boxes in one field (slack-facts 1.3).
NAMED_AT_MOST, BOXES_AT_MOST = 5, 10
TITLE_LENGTH = 75
GROUPS: Mapping[About, str] = MappingProxyType(
    {About.PRACTICE: "Practices", About.PROBLEM: "Problems", About.HANGOUT: "Hangouts"}
)
NEW_ONE = TickField(
    name="new_one", label="Or", choice="It is not saved yet: open the form that saves it"
)


def attach_form(
    material: Material, place: str, standing: Sequence[Standing], asked_in: str | None
) -> View:
    """Return the form that asks beside what the material is to stand.

    `place` is what its community's channel is called, `standing` where it is now, as far as the
    reader may end that.
    """
    who = "everybody there" if material.circle == Circle.NETWORK else f"those who are in {place}"
    first = (
        f"“{excerpt(material.title, TITLE_LENGTH)}” then stands beside what you choose, "
        f"for {who} to see."
    )
    field = InputBlock(
        block_id="about",
        label=plain("Attach it to"),
        optional=True,
        element=ExternalDataSelectElement(
            action_id=ABOUT, min_query_length=0, placeholder=plain("Exit ticket")
        ),
    )
    boxes = _boxes(standing, {one.place.id: one.target.title for one in standing})
    metadata = carried(material_id=material.id, asked_in=asked_in, shown=_shown(standing))
    blocks: list[Block] = [plain_section(first), field, *boxes]
    return form(ATTACH_FORM, "Attach a material", "Keep", blocks, metadata)


def here_form(target: Target, standing: Sequence[Standing], asked_in: str | None) -> View:
    """Return the form that asks which material is to stand there, or to come off."""
    first = (
        f"It then stands beside “{excerpt(target.title, TITLE_LENGTH)}”, "
        "for those who may see the material."
    )
    field = InputBlock(
        block_id="material",
        label=plain("Which material?"),
        optional=True,
        element=ExternalDataSelectElement(
            action_id=CHOOSE, min_query_length=0, placeholder=plain("Rubric for lab reports")
        ),
    )
    boxes = _boxes(standing, {one.place.id: one.material.title for one in standing})
    metadata = carried(about=target.value, asked_in=asked_in, shown=_shown(standing))
    blocks: list[Block] = [plain_section(first), field, NEW_ONE.drawn(), *boxes]
    return form(HERE_FORM, "Attach a material", "Keep", blocks, metadata)


def place_options(offered: Mapping[About, Sequence[Target]]) -> list[OptionGroup]:
    """Return the list of places, by kind; a kind without any is left out."""
    return [
        OptionGroup(
            label=plain(GROUPS[kind]),
            options=[Option(value=one.value, text=_title(one.title)) for one in targets],
        )
        for kind, targets in offered.items()
        if targets
    ]


def material_options(materials: Sequence[Material]) -> list[Option]:
    """Return the list of materials to choose one from."""
    return [Option(value=str(one.id), text=_title(one.title)) for one in materials]


def materials_line(materials: Sequence[Material], address: str | None) -> Phrase:
    """Return what stands there as one line, each opening itself; nothing for none.

    `address` is the workspace's, ending with a slash.
    """
    parts: list[str | Phrase] = []
    for one in materials[:NAMED_AT_MOST]:
        parts += [", " if parts else "Materials: ", linked(one.title, address_of(one, address))]
    if len(materials) > NAMED_AT_MOST:
        parts.append(" and more")
    return phrase(*parts)


def attach_here_button(
    kind: About, about_id: int | str, text: str = "Attach a material"
) -> ButtonElement:
    """Return the button that asks which material is to stand there."""
    return ButtonElement(text=text, action_id=ATTACH_HERE, value=about_value(kind, about_id))


def attached(
    material: Material, target: Target | None, gone: Sequence[Standing], known: Known
) -> Message:
    """Tell what stands where now; without a `target` only what came off."""
    lines = []
    if target is not None:
        lines.append(
            phrase(
                known.title(material),
                f" stands beside “{excerpt(target.title, TITLE_LENGTH)}” now.",
            )
        )
    lines += came_off(gone)
    again = ButtonElement(text="Attach elsewhere", action_id=ATTACH, value=str(material.id))
    return Message.of(
        [line.text for line in lines],
        [*(line.block for line in lines), ActionsBlock(elements=[again])],
    )


def taken_off(gone: Sequence[Standing]) -> Message:
    """Tell what stands there no longer."""
    lines = came_off(gone)
    return Message.of([line.text for line in lines], [line.block for line in lines])


def came_off(gone: Sequence[Standing]) -> list[Phrase]:
    """Return a line for each that was taken off."""
    return [
        phrase(
            f"“{excerpt(one.material.title, TITLE_LENGTH)}” no longer stands beside "
            f"“{excerpt(one.target.title, TITLE_LENGTH)}”."
        )
        for one in gone
    ]


def _boxes(standing: Sequence[Standing], titles: Mapping[int, str]) -> list[Block]:
    """Return a ticked box for each that may come off; to take the tick away is to take it off."""
    if not standing:
        return []
    options = [
        Option(value=str(one.place.id), text=_title(titles[one.place.id]))
        for one in standing[:BOXES_AT_MOST]
    ]
    element = CheckboxesElement(action_id="stays", options=options, initial_options=options)
    return [
        InputBlock(
            block_id="stays",
            label=plain("Attached by now"),
            hint=plain("Take a tick away to take it off."),
            optional=True,
            element=element,
        )
    ]


def _shown(standing: Sequence[Standing]) -> str:
    return ",".join(str(one.place.id) for one in standing[:BOXES_AT_MOST])


def _title(text: str) -> str:
    return excerpt(text, TITLE_LENGTH)
