"""Stems: what "discuss", "discussed" and "discussions" have in common.

The rules are those of M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), with
the author's two later corrections (bli, logi). Stems are taken here and not by the database, so
that both kinds of database find the same things, in the same order.
"""

import re
from functools import lru_cache

_VOWELS_THEN_CONSONANTS = re.compile("v+c+")

# Each ending and what takes its place, where something like a syllable is left before it.
_DOUBLE_ENDINGS = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_SINGLE_ENDINGS = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_LAST_ENDING = re.compile(
    "(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|[st]ion|ou|ism|ate|iti|ous|ive|ize)$"
)


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return the stem of a lower-case word; one that is not of English letters is its own."""
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    word = _without_past(_without_plural(word))
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, _DOUBLE_ENDINGS), _SINGLE_ENDINGS)
    return _without_last_letter(_without_last_ending(word))


def _shape(word: str) -> str:
    """Return "c" for each consonant and "v" for each vowel; a y after a consonant is a vowel."""
    shape = ""
    for letter in word:
        is_vowel = letter in "aeiou" or (letter == "y" and shape[-1:] == "c")
        shape += "v" if is_vowel else "c"
    return shape


def _syllables(word: str) -> int:
    return len(_VOWELS_THEN_CONSONANTS.findall(_shape(word)))


def _is_short(word: str) -> bool:
    """Say whether it ends like "hop", which lost an e or a doubled letter to its ending."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def _is_doubled(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _shape(word)[-1] == "c"


def _without_plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _without_past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _syllables(word[:-3]) else word
    ending = next((one for one in ("ed", "ing") if word.endswith(one)), "")
    stem = word.removesuffix(ending)
    if not ending or "v" not in _shape(stem):
        return word
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if _is_doubled(stem) and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if _syllables(stem) == 1 and _is_short(stem) else stem


def _replaced(word: str, endings: dict[str, str]) -> str:
    ending = max((one for one in endings if word.endswith(one)), key=len, default="")
    stem = word.removesuffix(ending)
    return stem + endings[ending] if ending and _syllables(stem) else word


def _without_last_ending(word: str) -> str:
    found = _LAST_ENDING.search(word)
    if found is None:
        return word
    # Of "sion" and "tion" only "ion" goes.
    stem = word.removesuffix("ion") if found[1].endswith("ion") else word[: found.start()]
    return stem if _syllables(stem) > 1 else word


def _without_last_letter(word: str) -> str:
    if word.endswith("e"):
        stem = word[:-1]
        syllables = _syllables(stem)
        if syllables > 1 or (syllables == 1 and not _is_short(stem)):
            word = stem
    return word[:-1] if word.endswith("ll") and _syllables(word) > 1 else word
