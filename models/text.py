"""What members type, made fit to keep: nothing visible is lost, nothing invisible does harm."""

import unicodedata

# Embeddings and overrides (LRE, RLE, PDF, LRO, RLO) could turn the text around somebody's words.
_DIRECTION_OVERRIDES = {chr(code): None for code in range(0x202A, 0x202F)}
_LINE_ENDS = {"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}
_TIDY = str.maketrans({**_DIRECTION_OVERRIDES, **_LINE_ENDS})
# Letters and symbols that show as nothing: Hangul fillers and the empty Braille pattern.
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"


def clean(text: str) -> str:
    """Return the text without NUL, control characters, lone surrogates and outer spaces.

    Text in which nothing can be seen, such as zero-width spaces only, becomes empty. Line ends
    become newlines; everything else stays as it was typed.
    """
    tidy = text.replace("\r\n", "\n").translate(_TIDY)
    kept = "".join(char for char in tidy if char in "\n\t" or not _is_harmful(char)).strip()
    return "" if all(_is_unseen(char) for char in kept) else kept


def one_line(text: str) -> str:
    """Return the cleaned text with every run of spaces and line ends as one space."""
    return " ".join(clean(text).split())


def _is_harmful(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")


def _is_unseen(char: str) -> bool:
    return char.isspace() or char in _BLANKS or unicodedata.category(char) == "Cf"
