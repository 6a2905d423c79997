"""Finds numbers that may belong to a student: of a school's files, of a phone, or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.student_data.suspicion import Kind, Span

# Web addresses, dates, times, prices, decimals and counted things: numbers that name nobody.
_HARMLESS = re.compile(
    r"""
    https?://\S+
    | \b\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?
    | (?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![./-]?\d)
    | \b(?:19|20)\d{2}\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2})\b
    | \b\d{1,2}:\d{2}(?::\d{2})?
    | [$€£¥]\s?\d[\d.,]*
    | (?<![\d,.’])\d{1,3}(?:[,.’]\d{3})+(?![,.’]?\d)
    | (?<![\d,.])\d+[.,]\d+(?![,.]?\d)
    | \b97[89][- ]?(?:\d[- ]?){9}\d\b
    | \b(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b
    | \b(?i:room|rm|pages?|pp?|problems?|exercises?|lines?|course|standards?|chapters?|zip)
      \.?\s?\#?\d{1,6}(?:\s?[–-]\s?\d{1,6})?\b
    | \b(?!ID\b)[A-Z]{2}\s\d{5}(?:-\d{4})?\b
    | \b\d+[\s-]?(?i:%|words?\b|characters?\b|students?\b|steps?\b|points?\b|people\b|pupils?\b
      |kids?\b|dollars?\b|teachers?\b|schools?\b|minutes?\b|seconds?\b|hours?\b|times\b|copies\b
      |pages\b|children\b|responses\b|views\b)
    | (?<![\d./+(-])(?<!\d\ )\d+000\b
    """,
    re.VERBOSE,
)


def without_harmless(text: str) -> str:
    """Return the text, as long as it was, with blanks for what names nobody."""
    return _HARMLESS.sub(lambda found: " " * len(found[0]), text)


# "born 04/12/2010": a date like any other, but for the word before it.
_BIRTHDAY = re.compile(
    r"\b(?i:born|birth\s?day|date\sof\sbirth|birth\s?date|dob)(?:\s(?i:on|is|in))?\s?:?\s?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2})"
)


def birthdays(text: str) -> Iterator[Span]:
    """Yield days of birth, from a text that still has its harmless numbers."""
    for found in _BIRTHDAY.finditer(text):
        yield found.start(), found.end(), Kind.NUMBER


_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)+")


def emails(text: str) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        yield found.start(), found.end(), Kind.EMAIL


# Digits with at most two separators between them, such as +1 (303) 555-0142.
_DIGITS = re.compile(r"(?<![\w.])[+(]{0,2}\d(?:[ ().\-/]{0,2}\d)*+")
_SOCIAL_SECURITY = re.compile(r"\d{3}-\d{2}-\d{4}")
_LOCAL_PHONE = re.compile(r"[2-9]\d{2}[-.]\d{2}(?!00)\d{2}")
_AMERICAN_PHONE = re.compile(
    r"(?:\+?1[ .\-]?)?\(?[2-9]\d{2}\)?"
    # Between separators any three digits are an exchange, as in the made-up 555-123-4567.
    r"(?:[ .\-/]{0,2}[2-9]\d{2}[ .\-]?|[ .\-/]{1,2}\d{3}[ .\-])\d{4}"
)
_PHONE_DIGITS = range(9, 16)
_LONG_NUMBER = re.compile(r"\d{5,}")


def numbers(text: str) -> Iterator[Span]:
    for found in _DIGITS.finditer(text):
        start, end, written = found.start(), found.end(), found[0]
        if text[end : end + 1].isalpha():
            continue
        if _SOCIAL_SECURITY.fullmatch(written):
            yield start, end, Kind.NUMBER
        elif _is_phone(written):
            yield start, end, Kind.PHONE
        else:
            for number in _LONG_NUMBER.finditer(written):
                yield start + number.start(), start + number.end(), Kind.NUMBER


def _is_phone(written: str) -> bool:
    if _AMERICAN_PHONE.fullmatch(written) or _LOCAL_PHONE.fullmatch(written):
        return True
    digits = sum(char.isdigit() for char in written)
    is_dialled = written.lstrip("(").startswith(("+", "0"))
    return is_dialled and digits in _PHONE_DIGITS and digits < len(written)


# "ID 4821", "student number: 4821", "S1234567".
_LABELLED = re.compile(
    r"\b(?i:(?:student\s)?id(?:\s(?:no|number|nr)\b)?|student\s(?:no|number|nr)\b)"
    r"\.?\s?[:#=]?\s?[A-Za-z]{0,3}\d{4,}"
    r"|\b[A-Z]{1,3}\d{5,}\b"
)


def labelled_numbers(text: str) -> Iterator[Span]:
    for found in _LABELLED.finditer(text):
        yield found.start(), found.end(), Kind.NUMBER
