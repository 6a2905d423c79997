"""Lettering: members' words as far as the picture's font has letters for them."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from handlers.blocks.text import excerpt
from models.text import one_line

_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
# These come with matplotlib, so a picture looks the same wherever it is painted.
_FILES = (str(_FOLDER / "DejaVuSans.ttf"), str(_FOLDER / "DejaVuSans-Bold.ttf"))
PLAIN, BOLD = (FontProperties(fname=file) for file in _FILES)
# Emoji are left out; letters that the font does not have, such as Chinese, leave this behind.
LEFT_OUT = "…"
# They tell an emoji's looks and show nothing by themselves.
_EMOJI_MODIFIERS = frozenset(range(0xFE00, 0xFE10))


def drawable(text: str, length: int, *, otherwise: str) -> str:
    """Return the words on one line of at most `length`, or `otherwise` when none can be drawn."""
    shown = ""
    for char in unicodedata.normalize("NFC", one_line(text)):
        if ord(char) in _letters():
            shown += char
        elif unicodedata.category(char)[0] in "LN" and not shown.endswith(LEFT_OUT):
            shown += LEFT_OUT
    if not any(char.isalnum() for char in shown):
        return otherwise
    return excerpt(shown, length)


@cache
def _letters() -> frozenset[int]:
    """Return the code points of all letters that both fonts have, and that can be seen."""
    plain, bold = (FT2Font(file).get_charmap() for file in _FILES)
    unseen = {code for code in plain if unicodedata.category(chr(code)) in ("Cc", "Cf")}
    return frozenset(plain.keys() & bold.keys() - unseen - _EMOJI_MODIFIERS)
