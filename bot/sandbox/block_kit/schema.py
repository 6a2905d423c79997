"""The small language in which we write down what Slack accepts, and the walker that reads it.

A schema is a tree of the frozen objects below; `elements.py`, `blocks.py` and their neighbours are
such trees. `check` walks a value beside its schema and notes every place that differs, in the words
Slack uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Wrong = Iterator[tuple[str, str]]
"""What a rule finds: (pointer below the place it was asked about, message)."""
Rule = Callable[[dict[str, Any]], Wrong]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing Slack would refuse.

    `pointer` is a JSON pointer that starts at what was handed in ("/blocks/0/text/text"), `error`
    the code of Slack's answer, `message` the sentence beside it.
    """

    pointer: str
    error: str
    message: str


@dataclass(slots=True)
class Walk:
    """One walk through one value; `error` is the code of the faults found from now on."""

    error: str
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, at: str, message: str) -> None:
        self.faults.append(Fault(at, self.error, message))


class Node(Protocol):
    """A part of a schema."""

    def check(self, value: Any, at: str, walk: Walk) -> None: ...


@dataclass(frozen=True, slots=True)
class Anything:
    """Whatever Slack takes here, our sources do not say."""

    def check(self, value: Any, at: str, walk: Walk) -> None:
        return


@dataclass(frozen=True, slots=True)
class Flag:
    def check(self, value: Any, at: str, walk: Walk) -> None:
        if not isinstance(value, bool):
            walk.refuse(at, "must provide a boolean")


@dataclass(frozen=True, slots=True)
class Number:
    lowest: float | None = None
    highest: float | None = None
    whole: bool = True

    def check(self, value: Any, at: str, walk: Walk) -> None:
        kinds = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            walk.refuse(at, "must provide an integer" if self.whole else "must provide a number")
        elif self.lowest is not None and value < self.lowest:
            walk.refuse(at, f"must be at least {self.lowest}")
        elif self.highest is not None and value > self.highest:
            walk.refuse(at, f"must be at most {self.highest}")


@dataclass(frozen=True, slots=True)
class String:
    """A string of `shortest` to `longest` code points.

    `wrong_with` says what is wrong with a string that is no date, address or other thing it ought
    to be, or None.
    """

    longest: int | None = None
    shortest: int = 0
    choices: frozenset[str] | None = None
    wrong_with: Callable[[str], str | None] | None = None

    def check(self, value: Any, at: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.refuse(at, "must provide a string")
        elif self.longest is not None and len(value) > self.longest:
            walk.refuse(at, f"must be less than {self.longest + 1} characters")
        elif len(value) < self.shortest:
            walk.refuse(at, f"must be more than {self.shortest - 1} characters")
        elif self.choices is not None and value not in self.choices:
            walk.refuse(at, f"must be a valid enum value: {', '.join(sorted(self.choices))}")
        elif self.wrong_with is not None and (message := self.wrong_with(value)):
            walk.refuse(at, message)


@dataclass(frozen=True, slots=True)
class Each:
    """A list of `at_least` to `at_most` things of one kind."""

    of: Node
    at_least: int = 0
    at_most: int | None = None

    def check(self, value: Any, at: str, walk: Walk) -> None:
        if not isinstance(value, list | tuple):
            walk.refuse(at, "must provide an array")
            return
        if self.at_most is not None and len(value) > self.at_most:
            walk.refuse(at, f"no more than {self.at_most} items allowed")
            return
        if len(value) < self.at_least:
            walk.refuse(at, f"no fewer than {self.at_least} items allowed")
        for index, item in enumerate(value):
            self.of.check(item, f"{at}/{index}", walk)


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these fields and no others, unless it is `open`.

    The rules are asked only when every field is well formed, so they may rely on it.
    """

    fields: Mapping[str, Node]
    required: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    open: bool = False

    def check(self, value: Any, at: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.refuse(at, "must provide an object")
            return
        before = len(walk.faults)
        for name, inner in value.items():
            node = self.fields.get(name)
            if node is not None:
                node.check(inner, f"{at}/{name}", walk)
            elif not self.open:
                walk.refuse(at, f"invalid additional property: {name}")
        for name in self.required:
            if name not in value:
                walk.refuse(at, f"missing required field: {name}")
        if self.rules and len(walk.faults) == before:
            for rule in self.rules:
                for below, message in rule(value):
                    walk.refuse(at + below, message)


@dataclass(frozen=True, slots=True)
class Kind:
    """An object whose `type` decides which of these shapes it has."""

    shapes: Mapping[str, Shape]

    def check(self, value: Any, at: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.refuse(at, "must provide an object")
            return
        name = value.get("type")
        if name is None:
            walk.refuse(at, "missing required field: type")
            return
        shape = self.shapes.get(name) if isinstance(name, str) else None
        if shape is None:
            walk.refuse(f"{at}/type", f"unsupported type: {name}")
            return
        shape.check(value, at, walk)


def escaped(name: str) -> str:
    """Write a name as JSON pointers want it (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def choice(*names: str) -> String:
    return String(choices=frozenset(names))


def only(kinds: Mapping[str, Shape], *names: str) -> Kind:
    """Narrow a table of shapes to those of these names."""
    return Kind({name: kinds[name] for name in names})


def exactly_one_of(*names: str) -> Rule:
    wanted = " or ".join(f"`{name}`" for name in names)

    def rule(value: dict[str, Any]) -> Wrong:
        if sum(name in value for name in names) != 1:
            yield "", f"must define either {wanted}"

    return rule


def at_least_one_of(*names: str) -> Rule:
    wanted = ", ".join(f"`{name}`" for name in names)

    def rule(value: dict[str, Any]) -> Wrong:
        if not any(name in value for name in names):
            yield "", f"must define at least one of {wanted}"

    return rule
