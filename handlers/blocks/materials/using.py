"""I used this: the form that asks how it went, and the letter to whoever saved the material."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField, carried
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.materials.facts import Known
from handlers.blocks.materials.ids import SHOW, USED
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.facts import typed as quoted
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.materials.material import Material
from models.materials.posted import NEWS
from models.materials.using import HOW_LENGTH, Told, Used
from models.pilots.pilot import Pilot
from models.student_data import Suspicion

USE_FORM = "materials.use_form"
# A letter names so many; the rest stands with the material itself.
TOLD_AT_MOST = 5
OPTION_LENGTH = 75
HOW = TextField(
    name="how",
    label="How did it go?",
    max_length=HOW_LENGTH,
    placeholder="Took 25 minutes instead of 15; the second page was the good one.",
    hint="One sentence helps whoever uses it next. No student names.",
    is_long=True,
    is_optional=True,
)
NOT_USED = TickField(name="not_used", label="Or", choice="I did not use it after all")


def use_form(
    material: Material,
    owner: str,
    pilots: Sequence[Pilot],
    said: Told | None,
    suspicions: Sequence[Suspicion] = (),
    asked_in: str | None = None,
    *,
    is_known: bool = False,
) -> View:
    """Return the form with what was `said`; `is_known` says that it is kept already.

    `owner` is what whoever saved the material is called.
    """
    first = (
        f"You count once among those who used “{excerpt(material.title, OPTION_LENGTH)}”. "
        f"{owner} hears of it, and everybody who sees the material can read how it went."
    )
    blocks: list[Block] = [plain_section(first), *warning(suspicions)]
    blocks.append(HOW.drawn(said.how if said else None))
    if pilots:
        blocks.append(_pilot_field(pilots, said.pilot_id if said else None))
    if is_known:
        blocks.append(NOT_USED.drawn())
    metadata = carried(material_id=material.id, asked_in=asked_in)
    return form(USE_FORM, "I used this", "Keep", blocks, metadata)


def _pilot_field(pilots: Sequence[Pilot], chosen: int | None) -> InputBlock:
    options = {
        pilot.id: Option(value=str(pilot.id), text=plain(excerpt(pilot.name, OPTION_LENGTH)))
        for pilot in pilots
    }
    element = StaticSelectElement(
        action_id="pilot",
        placeholder=plain("One of your pilots"),
        options=list(options.values()),
        initial_option=options.get(chosen or 0),
    )
    hint = "Only those who may see the pilot read of it."
    return InputBlock(
        block_id="pilot",
        label=plain("In which pilot of yours?"),
        hint=plain(hint),
        element=element,
        optional=True,
    )


def use_kept(material: Material, owner: str, known: Known, *, is_new: bool) -> Message:
    """Tell whoever used it that it is noted, and how to say more later."""
    if is_new:
        line = phrase("Noted: you used ", known.title(material), f". {owner} will be glad to hear.")
    else:
        line = phrase("Kept. That is what stands with ", known.title(material), " now.")
    change = ButtonElement(text="Change", action_id=USED, value=str(material.id))
    return Message.of([line.text], [line.block, ActionsBlock(elements=[change])])


def use_taken_back(material: Material, known: Known) -> Message:
    """Tell that the use no longer counts."""
    line = phrase("Taken back: you no longer count among those who used ", known.title(material))
    line = phrase(line, ".")
    return Message.of([line.text], [line.block])


def used_letter(material: Material, news: Sequence[Used], known: Known) -> Message:
    """Tell whoever saved it who used it and how it went; several in one letter."""
    lines = [_use_line(material, one, known) for one in news[:TOLD_AT_MOST]]
    if len(news) > TOLD_AT_MOST:
        lines.append(phrase("Others did, too. What they say stands with the material."))
    buttons = [
        ButtonElement(text="Look closer", action_id=SHOW, value=str(material.id)),
        mute_button(NEWS),
    ]
    return Message.of(
        [line.text for line in lines],
        [*(line.block for line in lines), ActionsBlock(elements=buttons)],
    )


def use_words(used: Used) -> list[str | Phrase]:
    """Return how it went and in which pilot, as it follows a name; empty for no more than a use."""
    pilot = f" in the pilot {used.pilot.name}" if used.pilot is not None else ""
    how: list[str | Phrase] = [": ", quoted(used.use.how)] if used.use.how else []
    return [pilot, *how]


def _use_line(material: Material, used: Used, known: Known) -> Phrase:
    who = known.person(used.use.member_id)
    return phrase(who, " used your ", known.title(material, bold=True), *use_words(used))
