"""How App Home looks."""

from slack_sdk.models.blocks import SectionBlock

from handlers.blocks.communities import SHARE
from handlers.blocks.home import home_page
from handlers.blocks.members import SETTINGS
from handlers.blocks.request import SET_UP
from tests.examples import a_community, a_member
from tests.handlers.blocks.surfaces import buttons, shown


def test_the_page_greets_by_name_and_names_my_communities():
    page = shown(home_page(a_member(), [a_community(), a_community(name="R&D")], []))

    greeting = page["blocks"][0]["text"]["text"]
    assert "*Hello Ana*" in greeting
    assert "Math circle (<#C0MATHCIRCLE>), R&amp;D (<#C0MATHCIRCLE>)" in greeting
    assert buttons(page) == [(SHARE, ""), (SETTINGS, "")]


def test_without_a_community_the_page_teaches():
    page = shown(home_page(a_member(name=None), [], []))

    assert "You are not in a community yet" in page["blocks"][0]["text"]["text"]
    assert buttons(page) == [(SET_UP, "home"), (SETTINGS, "")]


def test_what_each_feature_shows_is_set_apart():
    parts = [[SectionBlock(text="one")], [], [SectionBlock(text="two")]]

    page = shown(home_page(a_member(), [a_community()], parts))

    kinds = [block["type"] for block in page["blocks"]]
    assert kinds == ["section", "actions", "divider", "section", "divider", "section", "context"]


def test_the_page_stays_within_what_slack_takes():
    many = [a_community(name=f"Circle {number} {'x' * 60}") for number in range(100)]
    part = [SectionBlock(text=str(number)) for number in range(200)]

    page = shown(home_page(a_member(), many, [part]))

    assert len(page["blocks"]) == 100
    assert page["blocks"][-1]["type"] == "context"


def test_a_name_calls_nobody():
    shown(home_page(a_member(name="<!channel> @channel"), [a_community(name="@here")], []))
