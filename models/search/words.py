"""Words: what a text consists of once accents, capitals and punctuation no longer count."""

import re
from unicodedata import category, normalize

from models.search.stems import stem_of

# A longer word is cut, in what is kept and in what is asked for, so the two still meet.
WORD_LENGTH = 40
_ALPHANUMERIC = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
# "don't" is one word, "l'école" is two.
_INNER_APOSTROPHE = re.compile(r"(?<=\w\w)['’](?=\w)")

# They stand in every text and tell nothing about it.
COMMON = frozenset(
    _ALPHANUMERIC.findall("""
    a about after again all also am an and any are as at be because been before being both but by
    can cant could did do does doesnt doing done dont down each even every few for from get gets
    getting go goes going got had has have having he her here hers him his how i if im in into is
    isnt it its ive just let like lot make makes making many may me might more most much must my
    no not now of off on one only or other others our out over own really same she should so some
    something still such than that thats the their them then there these they thing things think
    this those though through to too up us use used using very want wants was way we well were
    what when where which while who whom why will with without wont would yet you your
    """)
)


def words_of(text: str) -> list[str]:
    """Return the distinct words of `text` in their order, at most WORD_LENGTH letters each."""
    text = _POSSESSIVE.sub("", _folded(text))
    found = _ALPHANUMERIC.findall(_INNER_APOSTROPHE.sub("", text))
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in found))


def telling_words_of(text: str) -> list[str]:
    """Return the words of `text` that say what it is about, or all if it has no such words."""
    words = words_of(text)
    return [word for word in words if word not in COMMON] or words


def stems_of(words: list[str]) -> list[str]:
    return list(dict.fromkeys(map(stem_of, words)))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = normalize("NFKD", normalize("NFKD", text).casefold())
    # Marks are accents and vowel signs; format characters are soft hyphens and writing directions.
    return "".join(char for char in text if category(char)[0] != "M" and category(char) != "Cf")
