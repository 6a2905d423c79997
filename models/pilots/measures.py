"""Measures: the values that teachers type, read as they are meant or asked about, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from models.errors import RuleError
from models.pilots.pilot import Measure
from models.text import clean, one_line

# A value as somebody would type it, for placeholders and for the way out of an error.
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {Measure.COUNT: "18 of 26", Measure.PERCENT: "69 %", Measure.NUMBER: "4.5", Measure.RATING: "4"}
)
# Nothing that is counted or measured in a classroom is larger.
LARGEST, LARGEST_TOTAL = 1_000_000.0, 100_000
BASELINE_AT_MOST, QUOTED = 30, 40

_DECIMAL = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,9})?")
_OF = re.compile(r"(?P<value>.+?)\s*(?:/|⁄|\bout of\b|(?<![a-z])of(?![a-z]))\s*(?P<total>.+)", re.I)
_PERCENT = re.compile(r"(?P<value>.+?)\s*(?:%|per ?cent)", re.I)
# 1,000 and 1.500 are either thousands or decimals; nobody means a thousand by 0,500.
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# In "4,5" the comma is a decimal comma or stands between two values.
_BARE_COMMA = re.compile(r"[0-9],[0-9]")
# Where a text begins with a number, with what belongs to it: "1 000" is no 1, "18/26/30" no 18/26.
_STARTS = re.compile(r"[-+−–]?[.,]?[0-9]", re.ASCII)
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_LEADING = re.compile(
    rf"{_NUMBER}(?:\s*(?:/|⁄|out of|of)\s*{_NUMBER}|\s*(?:%|per ?cent))?"
    r"(?=[,;:.!?)–—-]*(?:\s|$))(?!\s[0-9]{3}(?![0-9]))",
    re.I,
)
_AFTER = " \t\n,;:.!?)–—-"


class UnreadableValueError(RuleError):
    """A value that means nothing in its pilot, or could mean two things; it is asked for again."""

    field = "value"


@dataclass(frozen=True)
class Value:
    """One value in its measure's own terms; `total` is that of a count such as 18 of 26."""

    value: float
    total: int | None = None

    @property
    def charted(self) -> float:
        """The value as a chart shows it: a count is the percentage of its total."""
        return 100 * self.value / self.total if self.total else self.value


def read_value(text: str, measure: str, *, field: str = "value") -> Value:
    """Return the value that the text says; raises UnreadableValueError, at `field` of a form.

    Reads `18/26` and `18 of 26`, `69%`, `4.5`, `4,5` and `4`, as far as the measure knows them.
    """
    typed = one_line(text)
    if not typed:
        raise _unreadable(f"Please write a value, such as {EXAMPLES[measure]}.", field)
    if (amount := _PERCENT.fullmatch(typed)) and measure == Measure.PERCENT:
        return Value(_number(amount["value"], measure, field))
    if measure == Measure.COUNT:
        return _count(typed, field)
    if measure == Measure.PERCENT and _OF.fullmatch(typed):
        return Value(_count(typed, field).charted)
    number = _number(typed, measure, field)
    if measure == Measure.PERCENT and 0 < number <= 1:
        as_typed, whole = number_written(number), number_written(100 * number)
        raise _unreadable(
            f"Is that {as_typed} % or {whole} %? Please write it with the % sign.", field
        )
    return Value(number)


def read_leading_value(text: str) -> tuple[str, str]:
    """Return the value that a text begins with, as it is typed, and the words after it.

    "18/26 they explained it" is ("18/26", "they explained it"). What begins like a number but is
    none is returned whole, such as "18/26/30" or "-3", so that it can be asked about. A text that
    begins otherwise is ("", text).
    """
    typed = clean(text)
    if not _STARTS.match(typed):
        return "", typed
    found = _LEADING.match(typed)
    if found is None:
        value, _, rest = typed.partition(" ")
        if spaced := re.match(r"[0-9]+(?:\s[0-9]{3}(?![0-9]))+", typed):
            value, rest = spaced[0], typed[spaced.end() :]
        return value.rstrip(_AFTER), rest.strip()
    return found[0], typed[found.end() :].lstrip(_AFTER).strip()


def baseline_values(text: str, measure: str) -> list[Value]:
    """Return the values from before the start, the earliest first, one a line or with commas.

    Raises UnreadableValueError at the field "baseline" for what is no value, for more than
    BASELINE_AT_MOST, and where a comma could be a decimal one.
    """
    lines = [
        (number, part)
        for number, line in enumerate(clean(text).split("\n"), 1)
        for part in line.split(";")
        if part.strip(" \t,")
    ]
    pieces = list(_pieces(lines, measure))
    if len(pieces) > BASELINE_AT_MOST:
        raise _unreadable(
            f"These are {len(pieces)} values and {BASELINE_AT_MOST} fit here. "
            "The latest ones are enough.",
            "baseline",
        )
    return [_read_before(number, piece, measure) for number, piece in pieces]


def _read_before(number: int, piece: str, measure: str) -> Value:
    """Return the value, or say in which line the one stands that cannot be read."""
    try:
        return read_value(piece, measure, field="baseline")
    except UnreadableValueError as error:
        quoted = piece if len(piece) <= QUOTED else f"{piece[: QUOTED - 1]}…"
        raise _unreadable(f"Line {number}, “{quoted}”: {error}", "baseline") from None


def goal_of(text: str, measure: str) -> float | None:
    """Return the goal in its measure's own terms, None without one; a count's is a percentage.

    Raises UnreadableValueError at the field "goal".
    """
    typed = one_line(text)
    if not typed:
        return None
    if measure != Measure.COUNT:
        return read_value(typed, measure, field="goal").value
    if _PERCENT.fullmatch(typed):
        return read_value(typed, Measure.PERCENT, field="goal").value
    if not _OF.fullmatch(typed):
        raise _unreadable("Please write the goal like 80 % or 20 of 26.", "goal")
    return _count(typed, "goal").charted


def written(value: Value, measure: str, unit: str | None = None) -> str:
    """Return the value as it reads in a sentence: "18 of 26 students", "69 %", "4.5 minutes"."""
    if measure == Measure.PERCENT:
        return f"{number_written(value.value)} %"
    amount = number_written(value.value)
    if value.total is not None:
        amount = f"{amount} of {value.total}"
    # "4 points" would hide that a rating ends at 5, so a rating stands alone.
    return f"{amount} {unit}" if unit and measure != Measure.RATING else amount


def goal_written(goal: float, measure: str, unit: str | None = None) -> str:
    """Return a goal as it reads in a sentence, that of a count as the percentage it is."""
    return written(Value(goal), Measure.PERCENT if measure == Measure.COUNT else measure, unit)


def number_written(number: float) -> str:
    """Return the number with at most two decimals, and none that say nothing."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _count(typed: str, field: str) -> Value:
    parts = _OF.fullmatch(typed)
    if parts is None:
        just_how_many = typed if typed.isascii() and typed.isdigit() and len(typed) < 6 else ""
        asked = f"{just_how_many} of how many? " if just_how_many else ""
        raise _unreadable(f"{asked}Please write how many of how many, like 18 of 26.", field)
    value, total = (_whole(parts[name], field) for name in ("value", "total"))
    if total == 0:
        raise _unreadable(
            "Of 0 there is nothing to count. Please write how many there were, like 18 of 26, "
            "or leave out a day on which nobody was there.",
            field,
        )
    if value > total:
        raise _unreadable(
            f"{value} of {total} is more than there were. Did you mean {total} of {value}?", field
        )
    return Value(float(value), total)


def _whole(typed: str, field: str) -> int:
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit()):
        raise _unreadable("Please write two whole numbers, like 18 of 26.", field)
    if len(digits) > len(str(LARGEST_TOTAL)) or int(digits) > LARGEST_TOTAL:
        raise _unreadable(f"That is more than I can count: {LARGEST_TOTAL:,} at most.", field)
    return int(digits)


def _number(typed: str, measure: str, field: str) -> float:
    digits = typed.strip()
    if measure == Measure.NUMBER and _EITHER.fullmatch(digits):
        joined, decimal = re.sub(r"[.,]", "", digits), digits.replace(",", ".").rstrip("0")
        # Three decimals would be asked about again, and two are what is shown of a value.
        rounded = number_written(float(decimal))
        raise _unreadable(
            f"Is that {joined} or {decimal.rstrip('.')}? Please write {joined} or {rounded}.", field
        )
    if not _DECIMAL.fullmatch(digits):
        raise _unreadable(_way_out(digits, measure), field)
    number, (low, high) = float(digits.replace(",", ".")), _RANGES[measure]
    if not low <= number <= high:
        raise _unreadable(_OUT_OF_RANGE[measure], field)
    return number


def _way_out(digits: str, measure: str) -> str:
    if measure == Measure.RATING and _OF.fullmatch(digits):
        return "A rating is one number from 1 to 5, like 4."
    if re.match(r"[-−–]\s*[0-9]", digits):
        return f"{_OUT_OF_RANGE[measure]} Please write it without a minus."
    if measure == Measure.NUMBER and ("%" in digits or _OF.fullmatch(digits)):
        return "This pilot notes one plain number each time. Please write it like 4.5."
    return (
        f"I can’t read that as a value. Please write it like {EXAMPLES[measure]}, "
        "with nothing else beside it."
    )


_RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {Measure.PERCENT: (0, 100), Measure.NUMBER: (0, LARGEST), Measure.RATING: (1, 5)}
)
_OUT_OF_RANGE: Mapping[str, str] = MappingProxyType(
    {
        Measure.PERCENT: "A percentage lies between 0 and 100.",
        Measure.NUMBER: f"A value lies between 0 and {LARGEST:,.0f}.",
        Measure.RATING: "A rating lies between 1 and 5.",
    }
)


def _pieces(lines: Sequence[tuple[int, str]], measure: str) -> Iterable[tuple[int, str]]:
    """Yield each value with its line's number. A comma parts values, unless it may be decimal."""
    for number, line in lines:
        has_bare_comma = measure != Measure.COUNT and _BARE_COMMA.search(line)
        if has_bare_comma and (len(lines) == 1 or re.search(r",(?![0-9])", line.rstrip(" ,"))):
            raise _unreadable(
                "I can’t tell whether a comma here is a decimal comma or parts two values. "
                "Please write one value a line, like 4.5.",
                "baseline",
            )
        separator = r"(?!)" if has_bare_comma else ","
        pieces = re.split(separator, line.strip(" \t,"))
        yield from ((number, piece.strip()) for piece in pieces if piece.strip())


def _unreadable(message: str, field: str) -> UnreadableValueError:
    return UnreadableValueError(message, field=field)
