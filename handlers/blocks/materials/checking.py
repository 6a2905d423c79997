"""Checking: does it still hold, what the answer did, and that a file is gone from Slack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.materials.facts import Known, gone_words
from handlers.blocks.materials.ids import DELETE, EDIT, HOLDS_NO_MORE, STILL_HOLDS
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from models.materials.material import Material
from models.materials.posted import CHECKS, NEWS


def check_letter(material: Material, since: date, known: Known, *, is_own: bool) -> Message:
    """Ask whether it still holds; `since` is the local day it was saved or last looked at.

    Facilitators are asked in place of an owner who has left.
    """
    first = phrase("Does ", known.title(material, bold=True), " still hold?")
    on = f"{since.day} {since:%B %Y}"
    if is_own:
        why = phrase(f"You saved or checked it on {on}; links and files change, and so do we.")
    else:
        whose = known.name(material.owner_id)
        why = phrase(
            f"{whose} saved it, or it was last checked, on {on}. "
            "I ask you because they cannot look after it any more."
        )
    buttons = [_holds(material), _edit(material), _no_more(material), mute_button(CHECKS)]
    return _letter([first, why], buttons)


def check_answered(material: Material, known: Known) -> Message:
    """Return what stands in the letter once somebody has answered it."""
    if material.stale_at is not None:
        said = phrase(known.title(material, bold=True), " no longer holds. Its card says so.")
        return _letter([said], [_edit(material), _holds(material)])
    said = phrase(known.title(material, bold=True), " still holds. I ask again in a year.")
    return _letter([said], [])


def withdrawn_letter() -> Message:
    """Return what stands in a letter once its reader has no more to do with what it was about."""
    return _letter([phrase("The material that this was about is not here any more.")], [])


def still_held(material: Material, known: Known) -> Message:
    """Tell whoever said so that it is noted."""
    said = phrase("Thank you. ", known.title(material), " holds; I ask again in a year.")
    return _letter([said], [])


def held_no_more(material: Material, known: Known) -> Message:
    """Tell that the card says so, and what else can be done."""
    said = phrase(
        "Noted. The card of ",
        known.title(material),
        " tells colleagues so. A change or a new link makes it good again.",
    )
    delete = ButtonElement(text="Delete", action_id=DELETE, value=str(material.id))
    return _letter([said], [_edit(material), _holds(material), delete])


def gone_letter(material: Material, known: Known) -> Message:
    """Tell the owner that what it leads to was deleted in Slack."""
    if material.slack_file_id is not None:
        gone = gone_words(material)
        what = phrase(f"The {gone} of ", known.title(material, bold=True), " is gone from Slack.")
        then = phrase("Its card says so. A new file or a link can take its place.")
    else:
        what = phrase(
            "The message from which ",
            known.title(material, bold=True),
            " was saved is gone from Slack.",
        )
        then = phrase("Its card says so. If the link still holds, nothing needs doing.")
    delete = ButtonElement(text="Delete", action_id=DELETE, value=str(material.id))
    return _letter([what, then], [_edit(material), delete, mute_button(NEWS)])


def _holds(material: Material) -> ButtonElement:
    return ButtonElement(text="Still holds", action_id=STILL_HOLDS, value=str(material.id))


def _no_more(material: Material) -> ButtonElement:
    return ButtonElement(text="Not any more", action_id=HOLDS_NO_MORE, value=str(material.id))


def _edit(material: Material) -> ButtonElement:
    return ButtonElement(text="Edit", action_id=EDIT, value=str(material.id))


def _letter(lines: Sequence[Phrase], buttons: Sequence[ButtonElement]) -> Message:
    below = [ActionsBlock(elements=buttons)] if buttons else []
    return Message.of([line.text for line in lines], [*(line.block for line in lines), *below])
