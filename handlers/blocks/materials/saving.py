"""What a member reads after saving, adding to, editing or deleting a material."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.materials.ids import SHOW, save_button
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import form, plain_section
from handlers.blocks.request import with_kept
from handlers.blocks.text import excerpt
from models.communities import Community
from models.materials.material import Circle, Material

DELETE_FORM = "materials.delete_form"
TITLE_LENGTH = 150


def saved(material: Material, community: Community, beside: Sequence[str] = ()) -> Message:
    """Tell who saved it that it worked, who sees it, and where.

    `beside` are the titles of what it stands beside.
    """
    if material.circle == Circle.NETWORK:
        who = "Everyone in this Slack finds it."
    else:
        who = f"The members of {community.name} find it."
    card = ""
    if material.is_announced and community.bot_left_at is None:
        card = f" The card is on its way to #{community.channel_name}."
    elif material.is_announced:
        card = f" The card follows once I am in #{community.channel_name} again."
    told = [phrase("Saved: ", _title(material), f". {who}{card}")]
    told += [phrase(f" It stands beside “{excerpt(title, TITLE_LENGTH)}”.") for title in beside]
    if material.file_id is not None and material.source_ts is None:
        told.append(
            phrase(
                f" If colleagues can’t open the file, share it once in #{community.channel_name}."
            )
        )
    return _with_show(material, phrase(*told))


def added(material: Material) -> Message:
    """Tell who brought it again that their words stand beside those that were there."""
    return _with_show(material, phrase("Added to ", _title(material), ". Thank you."))


def edited(material: Material) -> Message:
    return _with_show(
        material, phrase("Saved. ", _title(material), " shows the new words everywhere.")
    )


def deleted(title: str) -> Message:
    told = phrase("Deleted: ", phrase(excerpt(title, TITLE_LENGTH), bold=True))
    return _plain(phrase(told, ", with all that was noted about it. Its link is free again."))


def delete_form(material: Material, asked_in: str | None) -> View:
    """Return the question whether to delete a material."""
    title = excerpt(material.title, TITLE_LENGTH)
    blocks = [
        plain_section(
            f"“{title}” leaves lists, searches and all places it is attached to, with its notes "
            "and what colleagues said about using it. The link or file itself stays where it is."
        )
    ]
    metadata = carried(material_id=material.id, asked_in=asked_in)
    return form(DELETE_FORM, "Delete a material", "Delete", blocks, metadata)


def did_you_mean(typed: str, near: str) -> Message:
    """Ask about what begins nearly like one of the command's own words."""
    meant = excerpt(f"/material {near}", TITLE_LENGTH)
    asked = phrase("Do you mean ", phrase(meant, bold=True), "?")
    told = phrase(
        "Or is “", excerpt(typed, TITLE_LENGTH), "” the title of something you want to keep?"
    )
    buttons = ActionsBlock(elements=[save_button()])
    return Message.of([asked.text, told.text], [asked.block, told.block, buttons])


def left_over(typed: str) -> Message:
    """Return, in private and whole, a title or link that is too long for its field."""
    told = phrase("That is more than fits into its field. Here is all of it, for the note perhaps:")
    return with_kept(_plain(told), typed)


def nothing_to_save(reasons: Sequence[str]) -> Message:
    """Tell that a message has no link or file to keep; `reasons` say why those it has are none."""
    first = "There is no link or file in this message that can be kept."
    rest = " ".join(reasons) or "A link in a message of your own works, or `/material` with a link."
    return _plain(phrase(f"{first} {rest}".replace("`", "")), save_button())


def _title(material: Material) -> Phrase:
    return phrase(excerpt(material.title, TITLE_LENGTH), bold=True)


def _with_show(material: Material, told: Phrase) -> Message:
    return _plain(told, ButtonElement(text="Show", action_id=SHOW, value=str(material.id)))


def _plain(told: Phrase, *buttons: ButtonElement) -> Message:
    actions = [ActionsBlock(elements=list(buttons))] if buttons else []
    return Message.of([told.text], [told.block, *actions])
