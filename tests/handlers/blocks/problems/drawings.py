"""Drawings of problems, held against what Slack would take, and what is seen on them."""

from bot.sandbox.block_kit import check_manners, check_message, check_view
from handlers.blocks.problems.facts import Legend
from models.problems import Page
from tests.examples import NAMES, a_standing

LINK = "https://example.slack.com/archives/C0MATHCIRCLE/p1"


LEGEND = Legend(names=NAMES, links={7: LINK})


NASTY = (
    "<!channel> *_~` <@U0BEN> & שלום \u0627 👩\u200d👩\u200d👧 "
    "https://example.org/?a=b&c|d>e '); DROP TABLE"
)


def drawn(message):
    """Return a message as it is sent, once Slack would take it, also to update a card."""
    sent = message.to_dict()
    assert check_message(sent | {"ts": "1.1"}) == []
    assert check_manners(sent) == []
    return sent


def opened(view):
    """Return a form as it is sent, once Slack would take it."""
    sent = view.to_dict()
    assert check_view(sent, "modal") == []
    assert check_manners({"view": sent}) == []
    return sent


def seen(surface):
    """Return every text and address a reader sees, one below the other."""
    found = []

    def look(part):
        if isinstance(part, dict):
            words = part.get("text") or part.get("url")
            if isinstance(words, str):
                found.append(words)
            look(list(part.values()))
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(surface["blocks"])
    return "\n".join(found)


def pressable(surface):
    """Return action ids and values of all buttons and menus, in order."""
    return [
        (element["action_id"], element.get("value"))
        for block in surface["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def menu(surface):
    [options] = [
        element["options"]
        for block in surface["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "overflow"
    ]
    return [option["text"]["text"] for option in options]


def a_page(*standings, number=0, total=None):
    return Page(standings=standings, number=number, total=total or len(standings))


def nasty_standing():
    return a_standing(
        title=NASTY,
        question=NASTY,
        happening=NASTY,
        tried=NASTY,
        learned=NASTY,
        topics=[NASTY[:30]],
        helper_ids=("U1",),
    )
