"""How the weekly digest looks: one line of what the week holds, and a few more, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, zip_longest

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.digests.ids import (
    BACK,
    CUSTOMS,
    FURTHER,
    PREVIEW,
    SEE_ALL,
    see_all_value,
)
from handlers.blocks.digests.items import LONG, SHORT, Section, phone_lines, sections_of
from handlers.blocks.digests.pages import Turns, page_of
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, moment_words, number_word, phrase
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import bullets
from handlers.blocks.wordings.filling import filled
from models.communities import Community
from models.digests.collecting import AT_MOST
from models.digests.customs import DigestCustoms
from models.digests.digest import Digest
from models.digests.posted import FACILITATING
from models.time import week_of, zone

# Lines of a phone, and things told in them, both with the opening: a message that needs scrolling
# is too long.
SCREEN, TOLD_AT_MOST = 16, 12
SOON = timedelta(days=7)


def digest_blocks(digest: Digest, *, is_preview: bool = False) -> Message:
    """Return the digest for its channel; what does not fit one screen is behind *See all*.

    The same for whoever asks what would be posted (`is_preview`), whose *See all* is of now.
    """
    opening = opening_of(digest)
    sections = sections_of(digest, SHORT)
    shown = fitting(sections, SCREEN - phone_lines(opening))
    blocks: list[Block] = [opening.block]
    if shown:
        blocks.append(bullets(*(list(line.pieces) for line in shown)))
    if len(shown) < sum(len(section.lines) for section in sections_of(digest, LONG)):
        community = digest.community
        week = "" if is_preview else week_of(digest.at, community.tz).isoformat()
        value = see_all_value(community.id, week)
        see_all = ButtonElement(text="See all", action_id=SEE_ALL, value=value)
        blocks.append(ActionsBlock(elements=[see_all]))
    return Message.of([opening.text, *(f"• {line.text}" for line in shown)], blocks)


def opening_of(digest: Digest) -> Phrase:
    """Return one line of what there is, in the community's own words if it has some.

    Words of thanks are not counted.
    """
    many_shared = len(digest.pilots) - len(digest.finished)
    parts = [
        counted(len(digest.questions), "open question"),
        _seats(digest),
        counted(len(digest.finished), "pilot", "finished"),
        counted(many_shared, "pilot", "shared"),
        "words of thanks" if digest.thanks else "",
        counted(len(digest.materials), "new material"),
    ]
    told = ", ".join(part for part in parts if part) or "nothing new so far"
    place = place_of(digest.community)
    if digest.opening:
        return filled(digest.opening, {"community": place, "news": told})
    return phrase(phrase(f"This week in {place}", bold=True), f": {told}.")


def counted(many: int, what: str, became: str = "") -> str:
    """Return such as "two pilots finished", or nothing for none; large numbers are not exact."""
    if not many:
        return ""
    number = number_word(many) if many < AT_MOST else f"{AT_MOST} or more"
    return f"{number} {what}{'' if many == 1 else 's'} {became}".rstrip()


def _seats(digest: Digest) -> str:
    meeting = digest.meeting
    if meeting is None or meeting.hangout.starts_at - digest.at > SOON:
        return ""
    starts = meeting.hangout.starts_at.astimezone(zone(meeting.hangout.tz))
    if not meeting.free_seats:
        return f"a hangout on {starts:%A}"
    return f"{counted(meeting.free_seats, 'seat')} on {starts:%A}"


def fitting(sections: Sequence[Section], room: int) -> list[Phrase]:
    """Return as many lines as fit into that many lines of a phone, in the order of the sections.

    Each kind has its first line before another has its second, so that no kind is crowded out.
    """
    by_turns = chain.from_iterable(zip_longest(*(_placed(*one) for one in enumerate(sections))))
    chosen: list[tuple[tuple[int, int], Phrase]] = []
    for turn in by_turns:
        if turn is None:
            continue
        place, line = turn
        if phone_lines(line) <= room and len(chosen) + 1 < TOLD_AT_MOST:
            room -= phone_lines(line)
            chosen.append((place, line))
    return [line for _, line in sorted(chosen, key=lambda one: one[0])]


def _placed(number: int, section: Section) -> Iterator[tuple[tuple[int, int], Phrase]]:
    """Yield each line with its place among all."""
    yield from (((number, row), line) for row, line in enumerate(section.lines))


def taken_back() -> Message:
    """Return what stands in a digest's place when all that it told was taken back."""
    return in_lines([phrase("What this digest told of was answered or taken back since.")], [])


def whole_digest(digest: Digest, week: str, page: int) -> Message:
    """Return one page with all there is, for one reader; `week` as in `see_all_value`."""
    turns = Turns(back=BACK, further=FURTHER, number=digest.community.id, week=week)
    return page_of(opening_of(digest), sections_of(digest, LONG), page, turns)


def preview(
    digest: Digest,
    customs: DigestCustoms | None,
    *,
    may_change: bool,
    more: Sequence[ButtonElement] = (),
) -> Message:
    """Return what would be posted now, when it really comes, and what this reader can change."""
    community = digest.community
    blocks: list[Block] = []
    said = phrase(f"There is nothing new in {place_of(community)}, so nothing would be posted now.")
    message = in_lines([said], [])
    if digest.has_news:
        said = phrase("This would be posted now. Nobody else sees it.")
        message = digest_blocks(digest, is_preview=True)
        blocks.append(said.block)
    comes = comes_words(community, customs)
    buttons = [*([customs_button(community)] if may_change else []), *more]
    actions = [ActionsBlock(elements=buttons)] if buttons else []
    lines = [said.text, message.text] if digest.has_news else [message.text]
    return Message.of([*lines, comes.text], [*blocks, *message.blocks, comes.block, *actions])


def comes_words(community: Community, customs: DigestCustoms | None) -> Phrase:
    """Return when the next digest comes by itself, and where."""
    if customs is None:
        return phrase(f"{place_of(community)} has no weekly digest yet.")
    if customs.next_at is None:
        return phrase(f"{place_of(community)} has no weekly digest.")
    place = customs.place_in(community)
    where = "" if place == community.channel_id else ", in the channel that was chosen for it"
    return phrase(
        "The next one comes on ", moment_words(customs.next_at, community.tz), f"{where}."
    )


def customs_button(community: Community) -> ButtonElement:
    return ButtonElement(text="Change day and hour", action_id=CUSTOMS, value=str(community.id))


def missed_letter(community: Community, due_at: datetime, next_at: datetime | None) -> Message:
    """Tell somebody who looks after it that a digest could not come, and that nothing is lost."""
    day = due_at.astimezone(zone(community.tz))
    first = (
        f"The digest of {place_of(community)} could not come on {day:%A} {day.day} {day:%B}: "
        "I was not running then, or could not reach Slack."
    )
    following = phrase("You can read it now, or share what matters yourself.")
    if next_at is not None:
        on = moment_words(next_at, community.tz)
        following = phrase("Nothing is lost: the next one, on ", on, ", has it.")
    see = ButtonElement(text="Read it now", action_id=PREVIEW, value=str(community.id))
    return in_lines([phrase(first), following], [see, mute_button(FACILITATING)])
