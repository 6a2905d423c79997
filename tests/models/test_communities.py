"""Communities: settings, members and who may do what."""

import asyncio

import pytest
from sqlalchemy import func, select

from models.communities import (
    NAME_LENGTH,
    Community,
    NamelessCommunityError,
    NoFacilitatorError,
    UnknownZoneError,
)
from models.errors import NotAllowedError
from models.members import Member
from models.problems import Problem
from tests.examples import NOW, a_problem

GOOD = {"name": "Math circle", "tz": "America/Denver", "facilitators": ["U_BEN"], "now": NOW}


def a_new_community(channel_id: str = "C_MATH", **traits) -> Community:
    community = Community.found(
        channel_id=channel_id, channel_name="math-circle", is_private=False, now=NOW
    )
    community.workspace_id = "T0STAFF"
    community.configure(**GOOD | traits)
    return community


def a_person(member_id: str, **traits) -> Member:
    return Member(member_id=member_id, muted=[], **traits)


def test_facilitators_are_members():
    community = a_new_community(facilitators=["U_BEN", "U_ANA", "U_BEN"])

    assert community.facilitators == ["U_BEN", "U_ANA"]
    assert community.has_member("U_ANA")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": "  "}, NamelessCommunityError),
        ({"name": "x" * (NAME_LENGTH + 1)}, NamelessCommunityError),
        ({"tz": "Denver"}, UnknownZoneError),
        ({"tz": ""}, UnknownZoneError),
        ({"facilitators": []}, NoFacilitatorError),
    ],
)
def test_settings_that_do_not_fit_name_their_field(wrong, error):
    with pytest.raises(error) as caught:
        a_new_community(**wrong)

    assert caught.value.field in wrong


def test_whoever_is_not_chosen_again_facilitates_no_more_but_stays():
    community = a_new_community()

    community.configure(**GOOD | {"facilitators": ["U_ANA"]})

    assert community.facilitators == ["U_ANA"]
    assert community.has_member("U_BEN")


def test_somebody_who_leaves_is_no_member_and_no_facilitator():
    community = a_new_community(facilitators=["U_BEN", "U_ANA"])

    community.farewell("U_BEN", NOW)

    assert not community.has_member("U_BEN")
    assert community.facilitators == ["U_ANA"]


def test_coming_back_is_one_membership():
    community = a_new_community()

    community.welcome("U_ANA", NOW)
    community.farewell("U_ANA", NOW)
    community.welcome("U_ANA", NOW)

    assert community.has_member("U_ANA")
    assert len(community.memberships) == 2


def test_facilitators_and_leads_run_it():
    community = a_new_community()

    assert community.is_run_by(a_person("U_BEN"))
    assert community.is_run_by(a_person("U_DANA", is_lead=True))
    assert not community.is_run_by(a_person("U_ANA"))


def test_others_are_told_whom_to_ask():
    community = a_new_community(facilitators=["U_BEN", "U_CHRIS"])

    with pytest.raises(NotAllowedError) as caught:
        community.require_facilitator(
            a_person("U_ANA"), "change the settings", {"U_BEN": "Ben", "U_CHRIS": "Chris"}
        )

    assert str(caught.value) == "Only facilitators can change the settings. Ask Ben or Chris."


async def test_my_communities_are_those_i_am_in_and_that_live(db):
    async with db.begin() as session:
        for channel, name, archived, members in (
            ("C_B", "Beta", None, ["U_ANA"]),
            ("C_A", "Alpha", None, ["U_ANA"]),
            ("C_OLD", "Old", NOW, ["U_ANA"]),
            ("C_OTHER", "Other", None, []),
            ("C_LEFT", "Left", None, ["U_ANA"]),
        ):
            community = a_new_community(channel, name=name)
            community.archived_at = archived
            session.add(community)
            for member in members:
                community.welcome(member, NOW)
            if channel == "C_LEFT":
                community.farewell("U_ANA", NOW)

    async with db() as session:
        mine = await Community.of_member(session, "U_ANA")

    assert [community.name for community in mine] == ["Alpha", "Beta"]


# SQLite lets nobody else write meanwhile, whatever they write.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_while_somebody_changes_a_community_others_can_share_in_it(db):
    async with db.begin() as session:
        session.add(circle := a_new_community())

    async with db.begin() as changing, asyncio.timeout(10):
        await Community.locked(changing, circle.id)
        async with db.begin() as sharing:
            sharing.add(a_problem(community_id=circle.id))

    async with db() as session:
        assert await session.scalar(select(func.count(Problem.id))) == 1


async def test_two_who_change_a_community_at_once_lose_nothing(db):
    async with db.begin() as session:
        session.add(circle := a_new_community())

    async def renames(name):
        async with db.begin() as session:
            community = await Community.locked(session, circle.id)
            community.name += name
            await asyncio.sleep(0.02)

    await asyncio.gather(renames(", algebra"), renames(", geometry"))

    async with db() as session:
        name = (await session.get_one(Community, circle.id)).name
    assert sorted(name.split(", ")) == ["Math circle", "algebra", "geometry"]
