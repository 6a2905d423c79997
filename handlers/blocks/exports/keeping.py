"""How long records are kept: the form for leads, and the letter before the first of them go."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement, InputBlock, Option, StaticSelectElement
from slack_sdk.models.views import View

from handlers.blocks.exports.ids import EXPORT, RETENTION
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import paragraph, plain, words
from models.exports.keeping import TOLD_BEFORE, removes_from
from models.time import zone
from models.workspaces import Workspace

FOR_EVER = "for_ever"
CHOICES = (3, 6, 12, 18, 24, 36, 60, 120)
WHAT_GOES = (
    "That is problems, hangouts, pilots, materials and thanks, private ones as well, which nobody "
    "has touched for so long. The tool belt, communities and their settings stay."
)


def months_words(months: int) -> str:
    """Return a number of months as people say it, such as "2 years"."""
    if months % 12 == 0:
        return "a year" if months == 12 else f"{months // 12} years"
    return f"{months} months"


def rule_words(workspace: Workspace) -> str:
    """Return the rule in a sentence."""
    if workspace.keeps_months is None:
        return "Records are kept for as long as this workspace has me."
    return f"Records are kept for {months_words(workspace.keeps_months)}."


def keeping_form(workspace: Workspace) -> View:
    """Return the form with what is chosen now."""
    first = (
        "How long I keep the network’s records. Older ones are removed at night, for everybody. "
        f"All leads are told {TOLD_BEFORE.days} days before the first of them go."
    )
    return View(
        type="modal",
        callback_id=RETENTION,
        title=plain("Keeping records"),
        submit=plain("Keep"),
        close=plain("Not now"),
        blocks=[paragraph(words(first)), paragraph(words(WHAT_GOES)), _months(workspace)],
    )


def _months(workspace: Workspace) -> InputBlock:
    chosen = workspace.keeps_months
    shown = sorted({*CHOICES, *([chosen] if chosen else [])})
    for_ever = Option(value=FOR_EVER, text=plain("Everything is kept"))
    options = {one: Option(value=str(one), text=plain(months_words(one))) for one in shown}
    return InputBlock(
        block_id="keeps_months",
        label=plain("Keep records for"),
        hint=plain("What somebody answers, uses or changes counts as new again."),
        element=StaticSelectElement(
            action_id="keeps_months",
            options=[for_ever, *options.values()],
            initial_option=options[chosen] if chosen else for_ever,
        ),
    )


def keeping_chosen(workspace: Workspace, tz: str | None) -> Message:
    """Tell a lead what holds from now on, and when anything goes."""
    return in_lines([phrase(f"Noted. {rule_words(workspace)}"), _what_follows(workspace, tz)], [])


def removal_near(workspace: Workspace, tz: str | None) -> Message:
    """Tell a lead that the first records go soon, while there is time to keep them."""
    lines = [
        phrase(f"{rule_words(workspace)} {WHAT_GOES}"),
        _what_follows(workspace, tz),
        phrase("An export keeps them for you; a longer time keeps them here."),
    ]
    return in_lines(lines, [export_button(), keeping_button()])


def _what_follows(workspace: Workspace, tz: str | None) -> Phrase:
    begins: datetime | None = removes_from(workspace)
    if workspace.keeps_months is None:
        return phrase("Nothing is removed by itself.")
    if begins is None:
        days = TOLD_BEFORE.days
        return phrase(f"Nothing is that old yet. All leads are told {days} days before it is.")
    on = begins.astimezone(zone(tz))
    return phrase(f"The first of them are removed in the night after {on:%A} {on.day} {on:%B %Y}.")


def export_button(text: str = "Export") -> ButtonElement:
    return ButtonElement(text=text, action_id=EXPORT)


def keeping_button(text: str = "Change how long") -> ButtonElement:
    """Return the button that opens the form."""
    return ButtonElement(text=text, action_id=RETENTION)
