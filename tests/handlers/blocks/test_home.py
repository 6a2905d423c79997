"""How App Home looks."""

import pytest
from slack_sdk.models.blocks import SectionBlock

from handlers.blocks.communities import SHARE
from handlers.blocks.communities.ids import COMMUNITY
from handlers.blocks.home import home_page
from handlers.blocks.members import SETTINGS
from handlers.blocks.my_data.ids import SHOW as MY_DATA
from handlers.blocks.request import SET_UP
from tests.examples import a_community, a_member
from tests.handlers.blocks.surfaces import buttons, shown


def test_the_page_greets_by_name_and_names_my_communities():
    page = shown(home_page(a_member(), [a_community(), a_community(name="R&D")], []))

    greeting = page["blocks"][0]["text"]["text"]
    assert "*Hello Ana*" in greeting
    assert "Math circle (<#C0MATHCIRCLE>), R&amp;D (<#C0MATHCIRCLE>)" in greeting
    assert buttons(page) == [(SHARE, ""), (SETTINGS, ""), (MY_DATA, "")]


def test_without_a_community_the_page_teaches():
    page = shown(home_page(a_member(name=None), [], []))

    assert "You are not in a community yet" in page["blocks"][0]["text"]["text"]
    assert buttons(page) == [(SET_UP, "home"), (SETTINGS, ""), (MY_DATA, "")]


def test_what_each_feature_shows_is_set_apart():
    parts = [[SectionBlock(text="one")], [], [SectionBlock(text="two")]]

    page = shown(home_page(a_member(), [a_community()], parts))

    kinds = [block["type"] for block in page["blocks"]]
    assert kinds == ["section", "actions", "divider", "section", "divider", "section", "context"]


def test_the_page_stays_within_what_slack_takes():
    many = [a_community(name=f"Circle {number} {'x' * 60}") for number in range(100)]
    part = [SectionBlock(text=str(number)) for number in range(200)]

    page = shown(home_page(a_member(is_lead=True), many, [part] * 9))

    assert len(page["blocks"]) == 100
    assert page["blocks"][-1]["type"] == "context"


def test_what_somebody_has_much_of_leaves_room_for_the_rest():
    many = [SectionBlock(text=str(number)) for number in range(200)]

    page = shown(home_page(a_member(), [a_community()], [many, [SectionBlock(text="mine")]]))

    assert "mine" in str(page["blocks"][-2])


@pytest.mark.parametrize(("traits", "is_there"), [({}, False), ({"is_lead": True}, True)])
def test_who_looks_after_a_community_has_one_way_to_its_settings(traits, is_there):
    page = shown(home_page(a_member(**traits), [a_community(), a_community()], []))

    assert ((COMMUNITY, "") in buttons(page)) is is_there
    assert ("You look after *Math circle* and *Math circle*" in str(page)) is is_there


def test_a_name_calls_nobody():
    shown(home_page(a_member(name="<!channel> @channel"), [a_community(name="@here")], []))
