"""How a community's own words are chosen: the list of places, the form, and how it will look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, grey_line, number_word, phrase
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.message import Message
from handlers.blocks.text import paragraph, plain, words
from handlers.blocks.thanks.customs import QUESTIONS
from handlers.blocks.wordings.filling import Facts, filled, own_opening
from handlers.blocks.wordings.ids import KEEP, OURS, REWORD
from models.communities import Community
from models.wordings.rewording import PLACEHOLDERS, TEXT_LENGTH, has_placeholder
from models.wordings.wording import Spot

PLACES: Mapping[Spot, str] = MappingProxyType(
    {
        Spot.INVITATION: "Invitation to a hangout",
        Spot.REMINDER: "Reminder the day before",
        Spot.DIGEST: "Opening of the digest",
        Spot.PROMPT: "Weekly question whom to thank",
    }
)
# A real example of what stands for each placeholder.
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "when": "Thursday 3 December, 16:00",
        "day": "Thursday",
        "host": "Ben",
        "company": "hangout with Ben, Ana and 6 others",
        "skill": "wait time",
        "seats": "One of two seats to present is free.",
        "news": "two open questions, one seat on Thursday",
    }
)
WHAT_FOLLOWS: Mapping[Spot, str] = MappingProxyType(
    {
        Spot.INVITATION: "Who presents, what is free, and the buttons follow.",
        Spot.REMINDER: "The agenda, where you meet, and the buttons follow.",
        Spot.DIGEST: "What is new follows, a line each.",
        Spot.PROMPT: "One line and the button Say thanks follow.",
    }
)
PRIVATELY = "Only you see this"
# Ours takes turns; a community's own stays.
IN_TURNS = f"Ours is another question each week, {number_word(len(QUESTIONS))} in turns."
# What a hangout may lack, as the caution about it says it.
LACKING = MappingProxyType({"skill": "no skill", "host": "nobody to lead it"})


def wordings_list(
    community: Community, own: Mapping[Spot, str], ours: Mapping[Spot, str]
) -> Message:
    """Return what can be said in the community's own words, and what is."""
    first = phrase(phrase(f"What I say in {place_of(community)}", bold=True))
    blocks: list[Block] = [first.block]
    lines = [first.text]
    for spot, name in PLACES.items():
        turns = f"\n{IN_TURNS}" if spot is Spot.PROMPT and spot not in own else ""
        line = phrase(phrase(name, bold=True), f"\n{own.get(spot, ours[spot])}{turns}")
        blocks += [line.block, ActionsBlock(elements=_buttons(community, spot, spot in own))]
        lines.append(line.text)
    return Message.of([*lines, PRIVATELY], [*blocks, grey_line([PRIVATELY])])


def _buttons(community: Community, spot: Spot, is_own: bool) -> list[ButtonElement]:
    value = about(community.id, spot)
    reword = ButtonElement(text="Reword", action_id=REWORD, value=value)
    ours = ButtonElement(text="Back to our words", action_id=OURS, value=value)
    return [reword, ours] if is_own else [reword]


def about(community_id: int, spot: Spot) -> str:
    """Return what a button carries."""
    return f"{community_id}:{spot}"


def reword_form(community: Community, spot: Spot, text: str | None, ours: str) -> View:
    """Return the form for one place; what is sent is shown as it will look, and not kept yet.

    `text` are the community's own words so far.
    """
    names = ", ".join("{" + name + "}" for name in PLACEHOLDERS[spot])
    first = (
        f"{PLACES[spot]}, in {place_of(community)}, in your words. The next step shows how it will "
        "look; until then nothing changes."
        f"{' ' + IN_TURNS if spot is Spot.PROMPT else ''}"
    )
    field = TextField(
        name="text",
        label="Your words",
        max_length=TEXT_LENGTH,
        placeholder=ours,
        hint=" ".join([f"I fill in {names}.", *_cautions(PLACEHOLDERS[spot]), WHAT_FOLLOWS[spot]]),
        is_long=True,
    )
    return View(
        type="modal",
        callback_id=REWORD,
        title=plain("In your own words"),
        submit=plain("Preview"),
        close=plain("Not now"),
        blocks=[paragraph(words(first)), field.drawn(text or ours)],
        private_metadata=carried(community_id=community.id, spot=spot),
    )


def _cautions(names: Collection[str]) -> list[str]:
    """Return that a sentence with one of these placeholders is left out at times."""
    lacking = " or ".join(said for name, said in LACKING.items() if name in names)
    if not lacking:
        return []
    return [f"Where a hangout has {lacking}, I leave out the sentence that names it."]


def preview_form(community: Community, spot: Spot, text: str) -> View:
    """Return how it will look, with examples filled in; going back changes the words."""
    shown = _as_said(community, spot, text)
    return View(
        type="modal",
        callback_id=KEEP,
        title=plain("How it will look"),
        submit=plain("Keep"),
        close=plain("Change it"),
        blocks=[
            *[line.block for line in shown],
            grey_line(
                [
                    *_cautions([name for name in LACKING if has_placeholder(text, name)]),
                    WHAT_FOLLOWS[spot],
                    "The names and days here are examples",
                ]
            ),
        ],
        private_metadata=carried(community_id=community.id, spot=spot, text=text),
    )


def _as_said(community: Community, spot: Spot, text: str) -> list[Phrase]:
    facts: Facts = {**EXAMPLES, "community": place_of(community)}
    if spot in (Spot.INVITATION, Spot.REMINDER):
        heading = phrase(phrase(EXAMPLES["when"], bold=True), f": hangout with {EXAMPLES['host']}.")
        return own_opening(text, facts, heading)
    return [filled(text, facts)]


def wording_kept(community: Community, spot: Spot) -> Message:
    """Tell a facilitator that it worked, and the way back."""
    ours = ButtonElement(text="Back to our words", action_id=OURS, value=about(community.id, spot))
    said = f"Kept. {PLACES[spot]} in {place_of(community)} begins with your words from now on."
    return in_lines([phrase(said)], [ours])


def ours_again(community: Community, spot: Spot) -> Message:
    reword = ButtonElement(text="Reword", action_id=REWORD, value=about(community.id, spot))
    said = f"{PLACES[spot]} in {place_of(community)} has our words again."
    return in_lines([phrase(said)], [reword])
