"""Surfaces as they are sent, once Slack would take them and nobody is shouted at."""

from bot.sandbox.block_kit import check_manners, check_message, check_view
from handlers.blocks.message import Message


def sent(message: Message):
    """Return a message as it is sent."""
    drawn = Message.to_dict(message)
    assert check_message(drawn | {"ts": "1.1"}) == []
    assert check_manners(drawn) == []
    return drawn


def shown(view):
    """Return a form or home as it is sent."""
    drawn = view.to_dict()
    assert check_view(drawn, drawn["type"]) == []
    assert check_manners({"view": drawn}) == []
    return drawn


def buttons(surface):
    """Return action id and value, "" for none, of every button and menu, in order."""
    return [
        (element["action_id"], element.get("value") or "")
        for block in surface["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def fields(form):
    """Return the elements of a form's fields by name."""
    return {
        block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"
    }
