"""How the facilitators' list looks, weekly and on App Home: what a community may want, kindly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.digests.ids import ATTENTION
from handlers.blocks.hangouts.facts import (
    Phrase,
    day_and_time,
    free_words,
    grey_line,
    linked,
    number_word,
    phrase,
)
from handlers.blocks.hangouts.ids import COMING
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.facts import day_words
from handlers.blocks.problems.facts import Legend
from handlers.blocks.problems.lists import RUN as PROBLEMS
from handlers.blocks.text import bullets, excerpt, first_upper
from models.communities import Community
from models.digests.attention import Attention
from models.digests.posted import FACILITATING
from models.hangouts.standings import HangoutStanding
from models.problems import Standing
from models.time import zone

TITLE_LENGTH = 80
QUIET_NAMED_AT_MOST = 4
KINDLY = "Only facilitators see this. Silence has many reasons; a personal word often helps most."
PRIVATELY = "Only facilitators see this."
TO_LEADS = (
    "Nobody facilitates this community, so leads get its list. Type /staffroom setup in its "
    "channel to choose somebody."
)
# What App Home shows of all communities together; a line too many is behind a button.
LINES_AT_HOME = 6
# What a message to the channel was, by the beginning of its kind; the others are just messages.
WHAT = {
    "problems.card": "card of a problem",
    "problems.return": "problem brought back",
    "hangouts.schedule": "schedule of hangouts",
    "hangouts.invitation": "invitation to a hangout",
    "hangouts.notes": "notes of a hangout",
    "pilots.card": "card of a pilot",
    "materials.card": "card of a material",
    "thanks.card": "card of thanks",
    "thanks.prompt": "question whom to thank",
    "digests.weekly": "digest",
}


@dataclass(frozen=True, kw_only=True)
class ForFacilitators:
    """What the list is drawn from; `legend` knows the people and problems in it."""

    community: Community
    wanted: Attention
    legend: Legend = field(default_factory=Legend)

    @property
    def oldest(self) -> Standing | None:
        """The problem that has waited longest, if the list has them all."""
        page = self.wanted.unanswered
        return page.standings[-1] if page.total == len(page.standings) > 0 else None


def attention_letter(shown: ForFacilitators, *, may_be_muted: bool = True) -> Message:
    """Return the list; there is something on it. Asked for by its reader it cannot be muted."""
    wanted = shown.wanted
    first = phrase("What wants attention in ", phrase(shown.community.name, bold=True))
    hangout = [_hangout(wanted.hangout)] if wanted.hangout else []
    lines = [*_unanswered(shown), *hangout, *_quiet(shown), *_went_wrong(wanted)]
    note = KINDLY if wanted.quiet_ids else PRIVATELY
    if not shown.community.facilitators:
        note = TO_LEADS
    blocks: list[Block] = [
        first.block,
        bullets(*[list(line.pieces) for line in lines]),
        grey_line([note]),
    ]
    buttons = [*_buttons(shown), *([mute_button(FACILITATING)] if may_be_muted else [])]
    if buttons:
        blocks.append(ActionsBlock(elements=buttons))
    return Message.of([first.text, *[f"• {line.text}" for line in lines], note], blocks)


def nothing_left(community: Community) -> Message:
    """Return the answer to a button under a list that became empty meanwhile."""
    said = phrase("Nothing wants attention in ", phrase(community.name, bold=True), " by now.")
    return Message.of([said.text], [said.block])


def attention_part(several: Sequence[ForFacilitators]) -> list[Block]:
    """Return what App Home shows: a few lines for each community that wants any."""
    several = [one for one in several if not one.wanted.is_nothing]
    if not several:
        return []
    at_most = max(1, LINES_AT_HOME // len(several))
    return [block for one in several for block in _at_home(one, at_most)]


def _at_home(shown: ForFacilitators, at_most: int) -> list[Block]:
    heading = f"What wants attention in {shown.community.name}"
    wanted = shown.wanted
    # When it is stands above, where the reader's own next hangouts are.
    hangout = [_lacking(wanted.hangout)] if wanted.hangout else []
    lines = [*_waiting(shown), *hangout, *_quiet(shown), *_went_wrong(wanted)]
    buttons = list(_buttons(shown))
    if len(lines) > at_most:
        number = str(shown.community.id)
        buttons.insert(0, ButtonElement(text="The whole list", action_id=ATTENTION, value=number))
        lines = lines[:at_most]
    first = phrase(phrase(heading, bold=True), " · only facilitators see this")
    blocks: list[Block] = [first.block, bullets(*[list(line.pieces) for line in lines])]
    return [*blocks, ActionsBlock(elements=buttons)] if buttons else blocks


def _waiting(shown: ForFacilitators) -> list[Phrase]:
    """Return how many problems wait, and since when; which they are stands further down."""
    total = shown.wanted.unanswered.total
    if not total:
        return []
    one = "problem has" if total == 1 else "problems have"
    said = f"{first_upper(number_word(total))} {one} no answer yet"
    if shown.oldest is None:
        return [phrase(f"{said}.")]
    problem = shown.oldest.problem
    since = day_words(problem.shared_at.astimezone(zone(shown.community.tz)).date())
    title = linked(excerpt(problem.title, TITLE_LENGTH), shown.legend.link(problem))
    longest = ": " if total == 1 else ", the oldest: "
    return [phrase(f"{said}{longest}", title, f" (since {since}).")]


def _unanswered(shown: ForFacilitators) -> list[Phrase]:
    page = shown.wanted.unanswered
    lines = [_problem(one, shown.legend) for one in page.standings]
    rest = page.total - len(page.standings)
    if rest:
        lines.append(phrase(f"{first_upper(number_word(rest))} more without an answer."))
    return lines


def _problem(standing: Standing, legend: Legend) -> Phrase:
    problem = standing.problem
    title = linked(excerpt(problem.title, TITLE_LENGTH), legend.link(problem))
    return phrase("No answer yet to ", legend.asker(problem), ": ", title)


def _hangout(standing: HangoutStanding) -> Phrase:
    day = day_and_time(standing.hangout)
    return phrase("The next hangout: ", day, f". {_what_it_lacks(standing)}")


def _lacking(standing: HangoutStanding) -> Phrase:
    return phrase(f"The next hangout: {_what_it_lacks(standing)}")


def _what_it_lacks(standing: HangoutStanding) -> str:
    """Return it in a sentence or two; something is lacking, or the list would not name it."""
    lead = [] if standing.hangout.facilitator_id else ["Nobody leads it yet."]
    seats = [free_words(standing)] if standing.free_seats else []
    return " ".join([*lead, *seats])


def _quiet(shown: ForFacilitators) -> list[Phrase]:
    ids = shown.wanted.quiet_ids
    if not ids:
        return []
    names = sorted((first_upper(shown.legend.name(one)) for one in ids), key=str.casefold)
    named = ", ".join(names[:QUIET_NAMED_AT_MOST])
    others = " and others" if len(names) > QUIET_NAMED_AT_MOST else ""
    return [phrase(f"Not at a hangout for a while: {named}{others}.")]


def _went_wrong(wanted: Attention) -> list[Phrase]:
    lines = [
        phrase(f"The digest of the week of {day_words(week)} was missed: its day was over.")
        for week in wanted.missed_weeks
    ]
    if wanted.missed:
        lines.append(phrase(f"Came too late and was left out: {_counted(wanted.missed)}."))
    if wanted.failed:
        lines.append(phrase(f"Slack did not take: {_counted(wanted.failed)}."))
    return lines


def _counted(kinds: Mapping[str, int]) -> str:
    """Return what it was, each kind once, such as "invitation to a hangout, digest (twice)"."""
    counted: dict[str, int] = {}
    for kind, number in kinds.items():
        what = WHAT.get(kind, "message")
        counted[what] = counted.get(what, 0) + number
    return ", ".join(
        f"{what} ({number_word(number)} times)" if number > 1 else what
        for what, number in counted.items()
    )


def _buttons(shown: ForFacilitators) -> Sequence[ButtonElement]:
    """Return at most two next steps."""
    wanted, community = shown.wanted, shown.community
    steps = []
    if wanted.failed:
        steps.append(
            ButtonElement(text="Try again", action_id=TRY_AGAIN, value=community.channel_id)
        )
    if wanted.unanswered.total > len(wanted.unanswered.standings):
        steps.append(ButtonElement(text="See all", action_id=PROBLEMS, value="unanswered"))
    if wanted.hangout:
        steps.append(
            ButtonElement(text="What is coming", action_id=COMING, value=str(community.id))
        )
    return steps[:2]
