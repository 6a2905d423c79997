"""Bad days on demand: an overloaded Slack, cut lines, answers that come late or twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.sandbox.socket_mode import SocketMode

When = Literal["before", "after"]
ANY_METHOD = "*"


@dataclass
class Fault:
    """What befalls the next `times` calls of `method` whose arguments include `matching`.

    `when` says whether the call takes effect before ("after") the fault hides it, or not at all.
    """

    method: str
    times: int
    when: When = "before"
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float = 0.0
    is_cut: bool = False
    matching: Mapping[str, Any] = field(default_factory=dict)

    def meets(self, method: str, args: Mapping[str, Any]) -> bool:
        return (
            self.times > 0
            and self.method in (method, ANY_METHOD)
            and all(args.get(name) == value for name, value in self.matching.items())
        )


class Faults:
    """The workspace's troublemaker. A method may be "*" (any) or "@respond" (a response_url)."""

    def __init__(self, socket: SocketMode) -> None:
        self._socket = socket
        self._planned: list[Fault] = []

    def next(
        self,
        method: str,
        status: int = 500,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        times: int = 1,
    ) -> None:
        """Answer the next calls with this HTTP status; they take no effect.

        Without headers a 429 says Retry-After: 1; without a body a 429 says `ratelimited`.
        """
        if status == 429:
            headers = {"Retry-After": "1"} if headers is None else headers
            body = {"ok": False, "error": "ratelimited"} if body is None else body
        self._planned.append(Fault(method, times, "before", status, headers or {}, body))

    def fail(self, method: str, error: str, times: int = 1, **matching: Any) -> None:
        """Refuse the next calls whose arguments match, with HTTP 200 and Slack's error code."""
        body = {"ok": False, "error": error}
        self._planned.append(Fault(method, times, status=200, body=body, matching=matching))

    def slow(self, method: str, seconds: float, times: int = 1, when: When = "after") -> None:
        """Let the answer wait; by default the call has taken effect by then."""
        self._planned.append(Fault(method, times, when, seconds=seconds))

    def cut(self, method: str, when: When = "before", times: int = 1) -> None:
        """Close the connection before or after the call took effect; no answer is sent."""
        self._planned.append(Fault(method, times, when, is_cut=True))

    def drop_sockets(self) -> None:
        """Tear every Socket Mode connection, without a goodbye."""
        self._socket.drop()

    def freeze_sockets(self, seconds: float) -> None:
        """Keep today's connections open but dead: nothing is sent, read or answered on them."""
        self._socket.freeze(seconds)

    def repeat_envelopes(self, times: int) -> None:
        """Deliver each of the next `times` envelopes a second time, marked as a retry."""
        self._socket.repeats += times

    def clear(self) -> None:
        """Forget what was planned and has not happened yet."""
        self._planned.clear()
        self._socket.repeats = 0

    def meet(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """Take the fault planned for this call, if any."""
        for fault in self._planned:
            if fault.meets(method, args):
                fault.times -= 1
                if not fault.times:
                    self._planned.remove(fault)
                return fault
        return None
