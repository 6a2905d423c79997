"""How a network digest looks: a few lines of each community, by name, and all of it in private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    RichTextBlock,
    RichTextElement,
    RichTextListElement,
    RichTextSectionElement,
)

from handlers.blocks.digests.ids import (
    NETWORK_BACK,
    NETWORK_FURTHER,
    NETWORK_PREVIEW,
    NETWORK_SEE_ALL,
    see_all_value,
)
from handlers.blocks.digests.items import (
    LONG,
    NAME_LENGTH,
    SHORT,
    Section,
    phone_lines,
    sections_of,
)
from handlers.blocks.digests.pages import Turns, page_of
from handlers.blocks.digests.weekly import counted
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, grey_line, phrase
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import excerpt, in_words, listed
from models.digests.digest import Digest
from models.digests.network_news import NetworkNews, has_hangout_soon
from models.digests.networks import NetworkDigest
from models.digests.posted import FACILITATING
from models.time import week_of, zone

# Lines of a phone with the opening, and lines of one community besides its name.
SCREEN, LINES_A_COMMUNITY = 14, 3
# Kept free for the names of those for whom there is no room.
LINES_OF_NAMES = 2


@dataclass(frozen=True)
class Chapter:
    """What is shown of one community, under its name."""

    name: str
    lines: Sequence[Phrase]

    @property
    def heading(self) -> Phrase:
        return phrase(self.name, bold=True)


def network_blocks(news: NetworkNews, *, is_preview: bool = False) -> Message:
    """Return it for its channel; what does not fit one screen is behind *See all*.

    The same for whoever asks what would be posted (`is_preview`), whose *See all* is of now.
    """
    opening, every = network_opening(news), chapters_of(news)
    shown = fitting(every, SCREEN - phone_lines(opening))
    also = _named([one.name for place, one in enumerate(every) if place not in shown])
    blocks: list[Block] = [opening.block]
    if shown:
        blocks.append(_drawn(list(shown.values())))
    if also:
        blocks.append(also.block)
    if sum(len(one.lines) for one in shown.values()) < _many_lines(news):
        week = "" if is_preview else week_of(news.at, news.network.tz).isoformat()
        value = see_all_value(news.network.id, week)
        see_all = ButtonElement(text="See all", action_id=NETWORK_SEE_ALL, value=value)
        blocks.append(ActionsBlock(elements=[see_all]))
    texts = [
        text
        for one in shown.values()
        for text in (one.heading.text, *(f"• {line.text}" for line in one.lines))
    ]
    return Message.of([opening.text, *texts, also.text], blocks)


def network_opening(news: NetworkNews) -> Phrase:
    """Return one line of what there is in all of them together; nobody is compared."""
    digests = news.chapters
    finished = sum(len(one.finished) for one in digests)
    parts = [
        counted(sum(len(one.questions) for one in digests), "open question"),
        counted(sum(has_hangout_soon(one) for one in digests), "hangout"),
        counted(finished, "pilot", "finished"),
        counted(sum(len(one.pilots) for one in digests) - finished, "pilot", "shared"),
        counted(sum(len(one.materials) for one in digests), "new material"),
    ]
    told = ", ".join(part for part in parts if part) or "nothing new so far"
    return phrase(phrase(f"This week in {news.network.name}", bold=True), f": {told}.")


def chapters_of(news: NetworkNews) -> list[Chapter]:
    """Return the first lines of each community, one of each kind before a second of any."""
    names = _names_of(news)
    return [
        Chapter(name, _first_lines(digest))
        for name, digest in zip(names, news.chapters, strict=True)
    ]


def _first_lines(digest: Digest) -> list[Phrase]:
    by_kind = [
        [((number, row), line) for row, line in enumerate(section.lines)]
        for number, section in enumerate(sections_of(digest, SHORT))
    ]
    by_turns = [one for one in chain.from_iterable(zip_longest(*by_kind)) if one is not None]
    first = sorted(by_turns[:LINES_A_COMMUNITY], key=lambda one: one[0])
    return [line for _, line in first]


def fitting(chapters: Sequence[Chapter], room: int) -> dict[int, Chapter]:
    """Return as much of each as fits into that many lines of a phone, by its place among them.

    Each has its first line before another has its second, so that no community is crowded out; if
    there is not room for all, some is kept for the names of the others.
    """
    shown = _by_turns(chapters, room)
    return shown if len(shown) == len(chapters) else _by_turns(chapters, room - LINES_OF_NAMES)


def _by_turns(chapters: Sequence[Chapter], room: int) -> dict[int, Chapter]:
    many = Counter[int]()
    for turn in range(LINES_A_COMMUNITY):
        for place, chapter in enumerate(chapters):
            if many[place] < turn or turn >= len(chapter.lines):
                continue
            height = phone_lines(chapter.lines[turn])
            height += phone_lines(chapter.heading) if turn == 0 else 0
            if height <= room:
                room, many[place] = room - height, turn + 1
    return {
        place: Chapter(one.name, one.lines[: many[place]])
        for place, one in enumerate(chapters)
        if many[place]
    }


def _drawn(chapters: Sequence[Chapter]) -> RichTextBlock:
    """Return them in one block, which a phone shows without gaps."""
    parts: list[RichTextElement] = []
    for one in chapters:
        name = RichTextSectionElement(elements=one.heading.pieces)
        lines = [RichTextSectionElement(elements=line.pieces) for line in one.lines]
        parts += [name, RichTextListElement(style="bullet", elements=lines)]
    return RichTextBlock(elements=parts)


def _named(names: Sequence[str]) -> Phrase:
    """Return whose news is only behind *See all*."""
    return phrase(f"Also news from {listed(list(names))}." if names else "")


def _names_of(news: NetworkNews) -> list[str]:
    """Return what each is called; of two of the same name, with the channel."""
    called = [excerpt(one.community.name, NAME_LENGTH) for one in news.chapters]
    many = Counter(called)
    return [
        name if many[name] == 1 else f"{name} ({place_of(one.community)})"
        for name, one in zip(called, news.chapters, strict=True)
    ]


def _sections(news: NetworkNews) -> list[Section]:
    """Return all there is, under the name of each community."""
    return [
        Section(name, [line for part in sections_of(digest, LONG) for line in part.lines])
        for name, digest in zip(_names_of(news), news.chapters, strict=True)
    ]


def _many_lines(news: NetworkNews) -> int:
    return sum(len(one.lines) for one in _sections(news))


def whole_network(news: NetworkNews, week: str, page: int) -> Message:
    """Return one page with all there is, for one reader; `week` as in `see_all_value`."""
    number = news.network.id
    turns = Turns(back=NETWORK_BACK, further=NETWORK_FURTHER, number=number, week=week)
    return page_of(network_opening(news), _sections(news), page, turns)


def network_preview(news: NetworkNews) -> Message:
    """Return what would be posted now, and when it really comes."""
    comes = network_comes(news.network)
    if not news.has_news:
        nothing = phrase(
            f"There is nothing new in {news.network.name}, so nothing would be posted."
        )
        return in_lines([nothing, phrase(comes)], [])
    said = phrase("This would be posted now. Nobody else sees it.")
    message = network_blocks(news, is_preview=True)
    lines = [said.text, message.text, comes]
    return Message.of(lines, [said.block, *message.blocks, grey_line([comes])])


def network_comes(network: NetworkDigest) -> str:
    """Return when the next one comes by itself."""
    if network.next_at is None:
        return f"{network.name} comes no more."
    return f"The next one comes on {in_words(network.next_at, network.tz)}."


def network_missed(network: NetworkDigest, due_at: datetime) -> Message:
    """Tell who set it up that one could not come, and that nothing is lost."""
    day = due_at.astimezone(zone(network.tz))
    first = (
        f"The network digest {network.name} could not come on {day:%A} {day.day} {day:%B}: "
        "I was not running then, or could not reach Slack."
    )
    following = "You can read it now, or share what matters yourself."
    if network.next_at is not None:
        following = (
            f"Nothing is lost: the next one, on {in_words(network.next_at, network.tz)}, has it."
        )
    see = ButtonElement(text="Read it now", action_id=NETWORK_PREVIEW, value=str(network.id))
    return in_lines([phrase(first), phrase(following)], [see, mute_button(FACILITATING)])
