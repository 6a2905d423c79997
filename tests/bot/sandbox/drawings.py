"""Blocks and forms to test with."""


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id, value="1"):
    return {"type": "button", "action_id": action_id, "text": plain(action_id), "value": value}


def actions(*elements, block_id="actions"):
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def options(*values):
    return [{"text": plain(value.title()), "value": value} for value in values]


def select(action_id, *values, kind="static_select", **more):
    return {"type": kind, "action_id": action_id, "options": options(*values), **more}


def field(block_id, element=None, **more):
    """Return an input block whose element has the same id, a line of text if none is given."""
    element = {"type": "plain_text_input", **(element or {}), "action_id": block_id}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": element,
        **more,
    }


def form(*blocks, callback_id="form", **more):
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks or [field("title")]),
        **more,
    }


def home(*blocks):
    return {"type": "home", "blocks": list(blocks)}
