"""How the guide looks that leads a facilitator from an empty community to a running one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.communities.helping import settings_button
from handlers.blocks.communities.ids import LATER
from handlers.blocks.communities.setting_up import SHARE
from handlers.blocks.communities.settings import each_week, rhythm_words
from handlers.blocks.digests.ids import CUSTOMS as DIGEST
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.hangouts.ids import PLAN
from handlers.blocks.message import Message
from handlers.blocks.text import bullets, escape, section
from handlers.blocks.thanks.ids import CUSTOMS as THANKS
from models.guides import Guide, Step

# What each step is for, what opens its form, and what the button says.
STEPS: Mapping[Step, tuple[str, str, str]] = MappingProxyType(
    {
        Step.HANGOUTS: ("Plan hangouts: one form, and I invite and remind", PLAN, "Plan hangouts"),
        Step.DIGEST: ("Choose when the weekly digest comes", DIGEST, "Choose the digest"),
        Step.THANKS: ("Choose how you say thanks here", THANKS, "Choose thanks"),
    }
)


def guide_letter(guide: Guide) -> Message:
    """Return the letter with what is done, and the button of the step that comes next."""
    community = guide.community
    first = f"<#{community.channel_id}> is now the community *{escape(community.name)}*. "
    if not guide.done:
        # What is chosen speaks there by itself, some of it at once.
        first += "Nothing was posted there. "
    lines = [_line(guide, step) for step in Step]
    if guide.next is None:
        first += "That is all; Community settings changes any of it."
        share = ButtonElement(text="Share a problem", action_id=SHARE, value="", style="primary")
        buttons = [share, settings_button(community)]
    else:
        first += "Three steps make it run, a minute each, and each can wait."
        buttons = _buttons(guide, guide.next)
    return Message.of(
        [first, *(f"• {line.text}" for line in lines)],
        [
            section(first),
            bullets(*(list(line.pieces) for line in lines)),
            ActionsBlock(elements=buttons),
        ],
    )


def _line(guide: Guide, step: Step) -> Phrase:
    if step in guide.done:
        return phrase(f"Done: {_chosen(guide, step)}")
    what, _, _ = STEPS[step]
    if step == guide.next:
        return phrase(phrase("Next: ", bold=True), what)
    return phrase(f"Later: {what}" if step in guide.later else what)


def _chosen(guide: Guide, step: Step) -> str:
    """Return what was chosen in a step that is done, such as "Digest, each Monday at 07:30"."""
    if step is Step.HANGOUTS and guide.series is not None:
        return f"Hangouts, {rhythm_words(guide.series)}"
    if step is Step.DIGEST and guide.digest is not None:
        asked = each_week(guide.digest.weekday, guide.digest.at)
        return f"Digest, {asked}" if asked else "No weekly digest"
    thanks = guide.thanks
    asked = each_week(thanks.prompt_weekday, thanks.prompt_at) if thanks is not None else ""
    return f"Thanks, I ask {asked}" if asked else "Thanks, I ask nothing by myself"


def _buttons(guide: Guide, step: Step) -> list[ButtonElement]:
    _, action_id, label = STEPS[step]
    number = str(guide.community.id)
    opens = ButtonElement(text=label, action_id=action_id, value=number, style="primary")
    later = ButtonElement(text="Later", action_id=LATER, value=f"{number}:{step}")
    return [opens, later]
