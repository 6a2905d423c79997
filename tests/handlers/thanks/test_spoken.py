"""How one line of thanks is read: whom, for what, and with what effect."""

import pytest

from handlers.thanks.spoken import NAMES_AT_MOST, Spoken, needs_names, read
from models.thanks.naming import Roster

STAFF = Roster({"U1": "Ana Lopez", "U2": "Ben", "U3": "Chris", "U4": "Ana Smith"})
BOTH = ("U1", "U2")


@pytest.mark.parametrize(
    ("told", "member_ids", "text", "effect"),
    [
        ("<@U1|ana> <@U2|ben> because you rock", BOTH, "because you rock", ""),
        ("<@U1>, <@U2>: you rock", BOTH, "you rock", ""),
        ("<@U1> and <@U2> for the slides, because I was ill", BOTH, "for the slides", "I was ill"),
        ("to <@U1> for one thing\nand another", ("U1",), "for one thing\nand another", ""),
        ("a big thank you to <@U1> for x", ("U1",), "for x", ""),
        ("<@U1> because <@U2|ben> &amp; I could", ("U1",), "because @ben & I could", ""),
        ("<@U1> because of the slides", ("U1",), "because of the slides", ""),
        ("<@U1> the rubric is great", ("U1",), "the rubric is great", ""),
        ("<@U1> :tada: well done", ("U1",), ":tada: well done", ""),
        ("<@U1>", ("U1",), "", ""),
        ("<@U1> for", ("U1",), "", ""),
    ],
)
def test_people_are_named_first_and_then_what_for(told, member_ids, text, effect):
    assert read(told, STAFF) == Spoken(member_ids=member_ids, text=text, effect=effect)


@pytest.mark.parametrize(
    ("told", "names", "text"),
    [
        ("@ben for x", ("ben",), "for x"),
        ("ben because you stayed", ("ben",), "because you stayed"),
        ("“Ana Lopez” for x", ("Ana Lopez",), "for x"),
        ("@Ana Smith for x", ("Ana Smith",), "for x"),
        ("ana lopez for x", ("ana lopez",), "for x"),
        ("ben, zoe and chris for x", ("ben", "zoe", "chris"), "for x"),
        ("ben, you covered my class", ("ben",), "you covered my class"),
        ("ben you covered my class", ("ben",), "you covered my class"),
        ("ben and chris", ("ben", "chris"), ""),
        ("zoe because y", ("zoe",), "because y"),
        ("you covered my class", (), "you covered my class"),
        ("so much for helping", (), "so much for helping"),
        ("for helping", (), "for helping"),
        ("", (), ""),
    ],
)
def test_names_need_no_sign_before_them(told, names, text):
    spoken = read(told, STAFF)

    assert (spoken.names, spoken.text) == (names, text)


@pytest.mark.parametrize(
    "told",
    [
        "private <@U2> for x",
        "PRIVATE: <@U2> for x",
        "privat <@U2> for x",
        "<@U2> privately for x",
        "<@U2> in private, for x",
        "<@U2>, this is private: for x",
        "<@U2> private: for x",
    ],
)
def test_private_may_stand_before_and_after_the_names(told):
    spoken = read(told, STAFF)

    assert (spoken.is_private, spoken.is_sure) == (True, True)
    assert (spoken.member_ids, spoken.text) == (("U2",), "for x")


@pytest.mark.parametrize(
    "told",
    [
        "privat ben for x",
        "<@U2> privat for x",
        "<@U2> privatly because x",
        "<@U2> private lessons saved us",
        "<@U2> for listening (private)",
        "zoe privately for x",
    ],
)
def test_what_may_ask_for_it_is_private_at_first_and_asked_about(told):
    spoken = read(told, STAFF)

    assert (spoken.is_private, spoken.is_sure) == (True, False)


def test_something_private_may_be_thanked_for_in_public():
    spoken = read("<@U2> for the private lesson", STAFF)

    assert (spoken.is_private, spoken.is_sure) == (False, True)


def test_of_a_crowd_only_the_first_few_are_read():
    spoken = read(" ".join(f"@nobody{number}" for number in range(150)) + " for x", STAFF)

    assert spoken.is_to_a_crowd
    assert len(spoken.names) == NAMES_AT_MOST
    assert not read(" ".join(["<@U1>"] * 15) + " for x", STAFF).is_to_a_crowd


def test_a_mention_and_a_name_go_together():
    spoken = read("<@U1> and ben for x", STAFF)

    assert (spoken.member_ids, spoken.names, spoken.text) == (("U1",), ("ben",), "for x")


def test_a_user_group_keeps_its_handle_for_the_answer():
    spoken = read("<!subteam^S1|@math-team> for x", STAFF)

    assert (spoken.groups, spoken.text) == ((("S1", "@math-team"),), "for x")


@pytest.mark.parametrize("told", ["<!channel> for x", "&lt;!channel&gt; for x", "@channel for x"])
def test_a_whole_channel_is_noticed(told):
    assert read(told, STAFF).to_all == "@channel"


@pytest.mark.parametrize("told", ["well done <@U1>", "I told <@U1> for x", "as I said to <@U1> so"])
def test_people_in_the_middle_of_a_sentence_are_asked_about(told):
    assert not read(told, STAFF).is_sure


def test_names_are_looked_up_only_where_some_may_be_meant():
    assert not needs_names("private <@U1|ana>, <@U2|ben> because you covered my class")
    assert needs_names("<@U1> and ben for x")
    assert needs_names("<@U1> because <@U2> told me")
    assert needs_names("ben for x")
