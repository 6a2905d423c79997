"""Spoken: whom and for what the words after /thanks, or after "thanks", thank.

[private] WHO [privately] [for WHAT] [because EFFECT]
WHO     @ana @ben · a user group · @ana, ana, "Ana Lopez" as typed · ana, ben and chris
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from handlers.blocks.text import unescape
from handlers.thanks.between_us import LEADS_ON, How, asked_after, asked_first
from models.text import clean
from models.thanks.naming import Roster
from models.thanks.thanks import RECEIVERS_AT_MOST

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|([^>]*))?>")
# Typed letter by letter, the brackets come escaped.
TO_ALL = re.compile(
    r"(?:<|&lt;)!(channel|here|everyone)(?:\|[^>]*)?(?:>|&gt;)|@(channel|here|everyone)\b", re.I
)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„»<>]{1,80})[\"”“»]")
_AT = re.compile(r"@([^\s,;:<>@]+)")
_BETWEEN = re.compile(r"[\s,&+]*(?:and\b[\s,]*)?", re.I)
_GAPS = re.compile(r"(?<!\s)\s*(?:,|\band\b|(?<=\s)(?:&amp;|&)(?=\s))\s*", re.I)
_NAME = re.compile(r"[\w.'’ -]+")
# A colon with letters after it begins an emoji.
_PUNCTUATION = re.compile(r"^(?:[\s,;.–—-]|:(?=\s|$))+")
# Looked for only where a run of spaces begins, so that a long one takes no longer.
_BECAUSE = re.compile(r"(?<![\s,;–—-])[\s,;–—-]+because\s+", re.I)
# What people say before they come to the name; nothing of it is missed.
_FILLERS = re.compile(
    r"(?:(?:a|big|huge|special|warm|many|so|much|very|thanks?|you|to|dear|hi|hello)\b[\s,!]*)+",
    re.I,
)
_PLAIN = re.compile(
    r"(?:private\s+)?(?:<(?:@|!subteam\^)[^>]+>[\s,]*(?:and\s+)?)+(?:for|because)\b[^<]*", re.I
)
# A name has few words; what has more is a sentence.
WORDS_IN_A_NAME = 3
# Whoever names more than this is told that they are too many.
NAMES_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What was meant. `text` and `effect` are plain words as their writer saw them.

    `groups` are ids of user groups with their handles, `names` what was typed instead of a mention,
    `to_all` what would call a whole channel. `text` begins with the "for" or "because" that led to
    it. Without `is_sure` it is better asked than said.
    """

    text: str = ""
    effect: str = ""
    is_private: bool = False
    member_ids: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    to_all: str = ""
    is_sure: bool = True

    @property
    def is_to_somebody(self) -> bool:
        return bool(self.member_ids or self.groups or self.names)

    @property
    def is_to_a_crowd(self) -> bool:
        """Whether so many are named that it is no use to ask who each of them is."""
        named = {*self.member_ids, *(group for group, _ in self.groups), *self.names}
        return len(named) > RECEIVERS_AT_MOST


def read(told: str, roster: Roster) -> Spoken:
    """Return what a command's or message's words mean; `roster` holds who may be named."""
    before, rest = asked_first(told.strip(), roster)
    if before and _starts_with_somebody(rest):
        before = How.SURELY
    who, rest = _people(rest, roster)
    if not who.is_to_somebody and not who.to_all:
        who, rest = _after_a_lead(rest, roster)
    if not who.is_to_somebody and not who.to_all:
        names, rest = _bare_names(rest, roster)
        who = replace(who, names=names)
    after, rest = asked_after(rest)
    text, effect = _what(rest)
    names_of = dict(roster.names)
    return replace(
        who,
        is_private=bool(before or after),
        is_sure=who.is_sure and How.NEARLY not in (before, after),
        text=clean(unescape(text, names_of)),
        effect=clean(unescape(effect, names_of)),
    )


def needs_names(told: str) -> bool:
    """Say whether it takes a roster to read this; most lines begin with mentions alone."""
    return not _PLAIN.fullmatch(told.strip())


def _starts_with_somebody(text: str) -> bool:
    return any(known.match(text) for known in (MENTION, GROUP, _QUOTED, _AT))


def _people(told: str, roster: Roster) -> tuple[Spoken, str]:
    """Return those who stand at the beginning, the first few of many, and what follows them."""
    who, rest = Spoken(), told
    for _ in range(NAMES_AT_MOST):
        found = _somebody(rest, roster, is_first=rest is told)
        if found is None:
            break
        who, end = _with(who, found)
        rest = rest[end:]
        gap = _BETWEEN.match(rest)
        after = rest[gap.end() :] if gap else rest
        if not _somebody(after, roster, is_first=False):
            break
        rest = after
    return who, rest


@dataclass(frozen=True)
class _Found:
    kind: str
    value: tuple[str, ...]
    end: int


def _somebody(text: str, roster: Roster, *, is_first: bool) -> _Found | None:
    """Return who stands at the very beginning; a name without a sign only after somebody else."""
    for kind, known in (("member", MENTION), ("group", GROUP), ("all", TO_ALL), ("name", _QUOTED)):
        if found := known.match(text):
            return _Found(kind, tuple(part or "" for part in found.groups()), found.end())
    if found := _AT.match(text):
        return _Found("name", *_whole_name(text, found, roster))
    if is_first:
        return None
    word = re.match(r"\w+", text)
    if word and not LEADS_ON.match(text) and roster.named(word[0]):
        return _Found("name", *_whole_name(text, word, roster))
    return None


def _whole_name(text: str, found: re.Match[str], roster: Roster) -> tuple[tuple[str, ...], int]:
    """Return the name, with a second word that belongs to it."""
    name = found[0].lstrip("@").rstrip(".")
    second = re.match(r"\s+(\w+)", text[found.end() :])
    if second and (roster.named(f"{name} {second[1]}") and not LEADS_ON.fullmatch(second[1])):
        return (f"{name} {second[1]}",), found.end() + second.end()
    return (name,), found.end()


def _with(who: Spoken, found: _Found) -> tuple[Spoken, int]:
    match found.kind:
        case "member":
            who = replace(who, member_ids=(*who.member_ids, found.value[0]))
        case "group":
            group_id, handle = found.value
            who = replace(who, groups=(*who.groups, (group_id, handle or "that group")))
        case "all":
            who = replace(who, to_all="@" + "".join(found.value))
        case _:
            who = replace(who, names=(*who.names, found.value[0].strip()))
    return who, found.end


def _after_a_lead(told: str, roster: Roster) -> tuple[Spoken, str]:
    """Return those who come after a few words, as in "a big thank you to @ana"."""
    first = min(
        (found.start() for known in (MENTION, GROUP, TO_ALL) if (found := known.search(told))),
        default=None,
    )
    if first is None:
        return Spoken(), told
    lead = told[:first].strip(" ,:")
    who, rest = _people(told[first:], roster)
    if _FILLERS.fullmatch(lead):
        return who, rest
    # Whoever wrote it otherwise sees it once more before it is said.
    return replace(who, is_sure=False), f"{lead} {rest.strip()}".strip()


def _bare_names(told: str, roster: Roster) -> tuple[tuple[str, ...], str]:
    """Return the names without any sign at the beginning, as in "ana and ben for …"."""
    leads_on = LEADS_ON.search(told)
    head, tail = (told[: leads_on.start()], told[leads_on.start() :]) if leads_on else (told, "")
    names: list[str] = []
    for part, rest in islice(_parts(head), NAMES_AT_MOST):
        if not roster.meant(part) or (not tail and not roster.named(part)):
            if tail and _may_be_a_name(part):
                names.append(part)
                continue
            begins = [] if names else _first_words(part, roster)
            left = rest if not begins else rest[len(begins[0]) :]
            return tuple(names + begins), f"{left} {tail}".strip()
        names.append(part)
    return tuple(names), tail


def _parts(head: str) -> Iterator[tuple[str, str]]:
    """Return each part between commas and "and", with all that stands from there on."""
    at = 0
    for gap in [*_GAPS.finditer(head), None]:
        end = gap.start() if gap else len(head)
        part = head[at:end].strip(' "“”@:')
        if part:
            yield part, head[at:].strip()
        at = gap.end() if gap else end


def _may_be_a_name(part: str) -> bool:
    words = part.split()
    is_capital = all(word[:1].isupper() for word in words)
    is_short = len(words) == 1 or (is_capital and len(words) <= WORDS_IN_A_NAME)
    return is_short and bool(_NAME.fullmatch(part))


def _first_words(part: str, roster: Roster) -> list[str]:
    """Return the name that a sentence begins with, as in "ana you covered my class"."""
    words = part.split()
    for count in range(min(WORDS_IN_A_NAME, len(words) - 1), 0, -1):
        name = " ".join(words[:count])
        if roster.named(name):
            return [name]
    return []


def _what(rest: str) -> tuple[str, str]:
    """Return what for and its effect: "for X" and "Y" of "for X because Y", else all of the words.

    The first "for" or "because" stays with them, since X alone may not read as a sentence.
    """
    words = _PUNCTUATION.sub("", rest).strip()
    lead = LEADS_ON.match(words)
    said = words[lead.end() :].strip() if lead else words
    if not said:
        return "", ""
    is_because = lead is not None and lead[0].casefold() == "because"
    if is_because or not (found := _BECAUSE.search(said)):
        return words, ""
    return words[: len(words) - len(said) + found.start()], said[found.end() :]
