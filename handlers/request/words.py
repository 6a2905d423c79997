"""Words: what stands for a command when it is said to the bot, and what wants no answer."""

from __future__ import annotations

import re

# Each word, the command it stands for, and what of the command's text it stands for.
WORDS = {
    "problem": ("/problem", ""),
    "problems": ("/problem", "list"),
    "list": ("/problem", "list"),
    "mine": ("/problem", "mine"),
    "unanswered": ("/problem", "unanswered"),
    "find": ("/problem", "find"),
    "hangout": ("/hangout", ""),
    "hangouts": ("/hangout", ""),
    "join": ("/hangout", "join"),
    "present": ("/hangout", "present"),
    "leave": ("/hangout", "leave"),
    "notes": ("/hangout", "notes"),
    "voices": ("/hangout", "voices"),
    "protocols": ("/hangout", "protocols"),
    "plan": ("/hangout", "plan"),
    "move": ("/hangout", "move"),
    "skip": ("/hangout", "skip"),
    "cancel": ("/hangout", "cancel"),
    "end": ("/hangout", "end"),
    "swap": ("/hangout", "swap"),
    "signup": ("/hangout", "signup"),
    "pilot": ("/pilot", ""),
    "pilots": ("/pilot", ""),
    "log": ("/pilot", "log"),
    "finish": ("/pilot", "finish"),
    "practice": ("/practice", ""),
    "practices": ("/practice", ""),
    "add": ("/practice", "add"),
    "menu": ("/practice", "menu"),
    "journal": ("/thanks", "journal"),
    "customs": ("/thanks", "customs"),
    "shower": ("/thanks", "shower"),
    "material": ("/material", ""),
    "materials": ("/material", "list"),
    "staffroom": ("/staffroom", ""),
    "help": ("/staffroom", "help"),
    "setup": ("/staffroom", "setup"),
    "settings": ("/staffroom", "settings"),
    "status": ("/staffroom", "status"),
    "digest": ("/staffroom", "digest"),
    "me": ("/staffroom", "me"),
    "export": ("/staffroom", "export"),
    "retention": ("/staffroom", "retention"),
    "next": ("/staffroom", "next"),
    "start": ("/staffroom", "start"),
    "stop": ("/staffroom", "stop"),
}
# What follows these belongs to them. The others are meant only alone: "next week I …" is a message.
TAKE_MORE = {
    "problem",
    "find",
    "hangout",
    "pilot",
    "log",
    "practice",
    "material",
    "shower",
    "staffroom",
}
# Said alone, each of these is "leave", as people put it.
CANNOT_COME = re.compile(
    r"(?:i )?(?:can['’]?t|cannot|can not) (?:come|make it)(?: after all)?[\s.!]*", re.IGNORECASE
)
# However it is put, all of it begins with what is kept, and the buttons below that.
MY_DATA = re.compile(
    r"(?:(?:show|export|delete|erase|forget)\s+)?(?:me\s+)?(?:all\s+)?(?:of\s+)?my data[\s.!?]*",
    re.IGNORECASE,
)
NETWORK_DIGEST = re.compile(r"(?:network digests?|digest networks?)[\s.!?]*", re.IGNORECASE)
# Whoever says one of these wants just that, however politely they put it.
WHATEVER_FOLLOWS = {"help", "stop"}
# Said to the bot alone, these want no answer.
KIND_WORDS = {"thanks", "thank", "thx", "ok", "okay"}
# No name begins with these, so that "thanks a lot for that" is kind and names nobody.
NO_NAMES = (
    "a again all an and anyway are as at be because bot but for from guys i in is it its just "
    "kindly loads lots many much my no not now of ok okay on so staffroom that the these this "
    "those to tons very was we will you your"
)
_WORD = rf"(?!(?:{NO_NAMES.replace(' ', '|')})\b)[\w.'’-]+[\s,]+"
_THANKS = (
    r"(?:(?P<private>private|privately)[\s,:]+)?(?:thanks|thank|thx)[\s,:]+(?:(?:you|to)[\s,:]+)*"
)
# The same words thank a colleague when somebody is named after them; "thanks a lot" is for us.
THANKING = (
    re.compile(
        rf"{_THANKS}(?P<told>(?:<@|<!|@\w|(?:private|privately|journal|shower|customs)\b).*)",
        re.IGNORECASE | re.DOTALL,
    ),
    # Without any thanks it takes a name with its sign to know what is meant.
    re.compile(
        r"(?P<private>private|privately)[\s,:]+(?P<told>(?:<@|<!|@\w).*)", re.IGNORECASE | re.DOTALL
    ),
    # A name needs no sign where "for" or "because" follows within a few words.
    re.compile(
        rf"{_THANKS}(?P<told>(?:{_WORD}){{1,3}}(?:and\s+(?:{_WORD}){{1,3}})?(?:for|because)\b.*)",
        re.IGNORECASE | re.DOTALL,
    ),
)


def command_in(words: str) -> tuple[str, str] | None:
    """Return the command that the words stand for and its text, if they stand for one."""
    if CANNOT_COME.fullmatch(words.strip()):
        words = "leave"
    if MY_DATA.fullmatch(words.strip()):
        words = "me"
    if NETWORK_DIGEST.fullmatch(words.strip()):
        words = "staffroom digest network"
    for thanking in THANKING:
        if found := thanking.fullmatch(words.strip().lstrip("/")):
            return "/thanks", f"{found['private'] or ''} {found['told']}".strip()
    first, *more = words.split(maxsplit=1) or [""]
    rest = more[0].strip() if more else ""
    word = bare(first.lstrip("/"))
    if word not in WORDS or (rest and word not in TAKE_MORE | WHATEVER_FOLLOWS):
        return None
    command, text = WORDS[word]
    return command, f"{text} {rest}".strip() if word in TAKE_MORE else text


def is_courtesy(words: str) -> bool:
    """Say whether these are kind words that want no answer."""
    first, *_ = words.split(maxsplit=1) or [""]
    return bare(first) in KIND_WORDS


def bare(word: str) -> str:
    """Return the word without what people put around it."""
    return word.casefold().strip(".!?:,;/")
