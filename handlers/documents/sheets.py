"""Sheets: tables for a spreadsheet, in which whatever members typed stays text and runs nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

Cell = str | int | float | None

# What a spreadsheet takes for the beginning of a formula, plain or full-width.
_STARTS = r"=+\-@＝＋－＠−"
# What may stand before it unseen: spaces of any kind, quotes, characters without a width.
_BEFORE = r"[\s\"'`‘’“”„«»\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u3164\ufeff]*"
# A tab or a line end at the very start is enough: spreadsheets drop it and read on behind it.
_HARMFUL = re.compile(rf"[\t\r\n]|{_BEFORE}[{_STARTS}]")
# Where half the world's spreadsheets, which part cells at semicolons, would begin a new cell.
_INSIDE = re.compile(rf"(?<=[;\t\r\n])(?={_BEFORE}[{_STARTS}])")


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet reads a formula in it, by an apostrophe before it.

    Spreadsheets show the apostrophe or hide it, and run neither. Source: OWASP, CSV injection.
    """
    guarded = _INSIDE.sub("'", text)
    return f"'{guarded}" if _HARMFUL.match(guarded) else guarded


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file: UTF-8 with the mark by which Excel knows it, rows ending with CR LF.

    Numbers stay numbers, None is an empty cell, and every text is quoted.
    """
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([_cell(one) for one in row] for row in rows)
    return sheet.getvalue().encode("utf-8-sig", errors="replace")


def bundle(files: Mapping[str, bytes], made_at: datetime) -> bytes:
    """Return a ZIP file of the files, by name; `made_at` is what each of them is dated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(entry, content)
    return buffer.getvalue()


def _cell(value: Cell) -> Cell:
    if value is None:
        return ""
    return safe_cell(value) if isinstance(value, str) else value
