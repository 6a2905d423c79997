"""Filling in one field: what may be typed or chosen there, as Slack's window checks it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.sandbox.elements import ANSWER_KEYS, LISTS
from bot.sandbox.places import Json
from bot.sandbox.wording import as_rich_text, escape

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ADDRESS = re.compile(r"https?://\S+")
LONGEST_TEXT = 3000


class AnswerError(Exception):
    """An answer Slack's window does not take; the text is what it shows beside the field."""


def answered(slack: Workspace, element: Json, answer: Any) -> Json:
    """Return the state of `element` after this answer; None or "" empties it.

    Options are named by their value, people and channels by id, dates as YYYY-MM-DD, times as
    HH:MM, moments as Unix seconds, files by id. Raises AnswerError.
    """
    kind = element["type"]
    key = ANSWER_KEYS[kind]
    if answer is None or answer == "":
        return {"type": kind, key: [] if key in LISTS else None}
    if key in LISTS:
        items = [answer] if isinstance(answer, str | dict) else list(answer)
        most = element.get("max_selected_items") or element.get("max_files") or len(items)
        if len(items) > most:
            raise AnswerError(f"Choose at most {most}.")
        return {"type": kind, key: [_one(slack, element, key, item) for item in items]}
    return {"type": kind, key: _one(slack, element, key, answer)}


def _one(slack: Workspace, element: Json, key: str, answer: Any) -> Any:
    match key:
        case "selected_option" | "selected_options":
            return _option(slack, element, answer)
        case "selected_user" | "selected_users":
            return _known(slack.users, answer)
        case "selected_conversation" | "selected_channel":
            return _known(slack.channels, answer)
        case "selected_conversations" | "selected_channels":
            return _known(slack.channels, answer)
        case "files":
            return _file(slack, element, answer)
        case "rich_text_value":
            return answer if isinstance(answer, dict) else as_rich_text(escape(answer), "rich")
        case "value":
            return _text(element, str(answer))
    return _moment(key, answer)


def _known(places: dict[str, Any], answer: Any) -> Any:
    if answer not in places:
        raise AnswerError(f"{answer} is not in the list.")
    return answer


def _file(slack: Workspace, element: Json, answer: Any) -> Json:
    file: Json = slack.files[_known(slack.files, answer)].as_slack(slack)
    kinds = element.get("filetypes")
    if kinds and file["filetype"] not in kinds:
        raise AnswerError(f"Choose a file of the type {', '.join(kinds)}.")
    return file


def _option(slack: Workspace, element: Json, answer: Any) -> Json:
    value = answer["value"] if isinstance(answer, dict) else answer
    # What a select began with stays a choice, also where the list is asked for as one types.
    initial: list[Json] = element.get("initial_options") or []
    if "initial_option" in element:
        initial = [element["initial_option"]]
    suggested = slack.suggested.get(element["action_id"], [])
    offered: list[Json] = [*options_of(element), *suggested, *initial]
    for option in offered:
        if option["value"] == value:
            return option
    raise AnswerError(f"{value} is not among the choices.")


def options_of(element: Json) -> list[Json]:
    """Return what a select, radio, checkbox group or overflow menu offers, groups opened."""
    groups: list[Json] = element.get("option_groups", [])
    options: list[Json] = element.get("options", [])
    return options + [option for group in groups for option in group["options"]]


def _moment(key: str, answer: Any) -> Any:
    if key == "selected_date_time":
        return int(answer)
    if key == "selected_time":
        if not TIME.fullmatch(answer):
            raise AnswerError("Enter a time.")
        return answer
    try:
        return date.fromisoformat(answer).isoformat()
    except ValueError as error:
        raise AnswerError("Enter a date.") from error


def _text(element: Json, text: str) -> str:
    if element["type"] == "number_input":
        _check_number(element, text)
    if element["type"] == "email_text_input" and not EMAIL.fullmatch(text):
        raise AnswerError("Enter an email address.")
    if element["type"] == "url_text_input" and not ADDRESS.fullmatch(text):
        raise AnswerError("Enter a web address.")
    if len(text) > (most := element.get("max_length", LONGEST_TEXT)):
        raise AnswerError(f"Shorten this to {most} characters or fewer.")
    if len(text) < (least := element.get("min_length", 0)):
        raise AnswerError(f"Enter at least {least} characters.")
    return text


def _check_number(element: Json, text: str) -> None:
    try:
        number = float(text) if element.get("is_decimal_allowed") else int(text)
    except ValueError as error:
        raise AnswerError("Enter a number.") from error
    if "min_value" in element and number < float(element["min_value"]):
        raise AnswerError(f"Enter a number of at least {element['min_value']}.")
    if "max_value" in element and number > float(element["max_value"]):
        raise AnswerError(f"Enter a number of at most {element['max_value']}.")
