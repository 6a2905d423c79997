"""Whatever is kept by whom and for whom: nobody ever meets a material that is not for them."""

from dataclasses import dataclass
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.blocks.materials.finding import find_form
from handlers.blocks.materials.lists import EVERYWHERE, FOUND, LISTED, MINE, PageWanted
from handlers.materials.listing import home_section, page_of
from handlers.materials.showing import view_of
from models.errors import NotHereError
from models.materials import finding, searching
from models.materials.facets import facets_seen
from models.materials.filters import VALUES_AT_MOST, Sought
from models.materials.material import Addition, Circle, Use
from models.materials.visibility import KIND, keep_findable
from models.search import similar
from tests.examples import NOW, a_community, a_material, a_member

# Each example has two workspaces of its own in a database that stays.
many = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
workspaces = (f"T{number}" for number in count(1))
PEOPLE = ("U0ANA", "U0BEN", "U0CHRIS")
WORDS = ("zeppelin", "alchemy", "volcano", "origami", "glacier", "compass", "lantern", "walrus")


@dataclass(frozen=True)
class Kept:
    """A material of a random world. Its title, topic and subject hold its own word alone."""

    home: int
    owner: int
    is_open: bool
    is_deleted: bool
    made_from: int | None


kept = st.builds(
    Kept,
    home=st.integers(0, 1),
    owner=st.integers(0, 2),
    is_open=st.booleans(),
    is_deleted=st.sampled_from([False, False, True]),
    made_from=st.none() | st.integers(0, len(WORDS) - 1),
)
# For each person in which of the two communities they are: never, still, or not any more.
sittings = st.lists(
    st.tuples(*[st.sampled_from(["never", "still", "left"])] * 2), min_size=3, max_size=3
)


async def a_world(db, workspace_id, worlds_materials, sat, first_word):
    """Keep a workspace of two communities; return its materials with their words."""
    materials = []
    async with db.begin() as session:
        session.add_all(a_member(one, workspace_id=workspace_id) for one in PEOPLE)
        homes = []
        for number in (0, 1):
            home = a_community(
                members=(),
                workspace_id=workspace_id,
                channel_id=f"C{workspace_id}{number}",
                channel_name=f"circle-{number}",
                is_private=number == 1,
            )
            session.add(home)
            for person, places in zip(PEOPLE, sat, strict=True):
                if places[number] != "never":
                    home.welcome(person, NOW)
                if places[number] == "left":
                    home.farewell(person, NOW)
            homes.append(home)
        await session.flush()
        for number, one in enumerate(worlds_materials):
            word = WORDS[(first_word + number) % len(WORDS)]
            earlier = one.made_from if one.made_from is not None else number
            material = a_material(
                workspace_id=workspace_id,
                request_key=f"V{number}",
                same_key=f"{number}",
                community_id=homes[one.home].id,
                owner_id=PEOPLE[one.owner],
                title=f"Shared {word}",
                note=f"About {word}",
                url=f"https://example.org/{word}",
                topics=[f"{word} topic"],
                subject=f"{word} subject",
                grades=f"{word} grade",
                circle=Circle.NETWORK if one.is_open else Circle.COMMUNITY,
                deleted_at=NOW if one.is_deleted else None,
                remix_of_id=materials[earlier][0].id if earlier < number else None,
            )
            session.add(material)
            await session.flush()
            session.add(
                Addition(
                    request_key=f"A{number}",
                    material_id=material.id,
                    member_id=PEOPLE[0],
                    note=f"More {word}",
                    added_at=NOW,
                )
            )
            session.add(
                Use(
                    material_id=material.id,
                    member_id=PEOPLE[1],
                    how=f"Tried {word}",
                    used_at=NOW,
                )
            )
            await session.flush()
            await keep_findable(session, material)
            materials.append((material, word))
    return homes, materials


def is_for(one, places):
    """Say in the plainest words whether somebody with these places sees a material."""
    return not one.is_deleted and (one.is_open or places[one.home] == "still")


async def all_that_is_shown(session, member, homes, materials):
    """Return everything that any surface tells this person, and the totals that must agree."""
    shown, totals = [], {}
    reader = member.member_id
    for what, wanted in [
        ("everywhere", PageWanted(what=EVERYWHERE)),
        ("mine", PageWanted(what=MINE)),
        ("found", PageWanted(what=FOUND, sought=Sought(words="shared"))),
        ("forged", PageWanted(what=EVERYWHERE, page=9)),
        *((f"home {one.id}", PageWanted(what=LISTED, community_id=one.id)) for one in homes),
    ]:
        try:
            shown.append(await page_of(session, wanted, reader))
        except NotHereError:
            assert what.startswith("home")
    totals["everywhere"] = (await finding.everywhere(session, reader)).total
    totals["mine"] = (await finding.mine(session, reader)).total
    sought = await searching.search_for(session, Sought(words="shared"), reader)
    totals["found"] = sought.page.total
    facets = await facets_seen(session, reader)
    shown.append(find_form(facets, Sought(), "{}"))
    shown.extend(await home_section(session, member, NOW))
    words = [word for _, word in materials]
    for start in range(0, len(words), VALUES_AT_MOST):
        some = words[start : start + VALUES_AT_MOST]
        typed = Sought.of(
            subject=[f"{word} subjecd" for word in some], topic=[f"{word} topik" for word in some]
        )
        result = await searching.search_for(session, typed, reader)
        shown += [result.corrected, [one.title for one in result.page.materials]]
    for material, word in materials:
        shown.append([one.title for one in await searching.named(session, word, reader)])
        try:
            seen = await finding.seen_by(session, material.id, reader)
            shown.append(await view_of(session, seen, member, NOW))
        except NotHereError:
            continue
    mine = [one.id for one in homes if one.has_member(reader)]
    text = "shared " + " ".join(WORDS)
    alike = await similar(session, text, kinds=[KIND], communities=mine)
    shown.append([hit.title for hit in alike])
    return "\n".join(_told(one) for one in shown), totals


def _told(one):
    return str(one.to_dict()) if hasattr(one, "to_dict") else str(one)


@many
@given(
    here=st.lists(kept, min_size=1, max_size=5),
    elsewhere=st.lists(kept, max_size=2),
    sat=sittings,
    reader=st.integers(0, 2),
)
async def test_nobody_ever_meets_a_material_that_is_not_for_them(
    database, here, elsewhere, sat, reader
):
    [this, other] = next(workspaces), next(workspaces)
    db = database.of(this)
    everyone = [("still", "still")] * 3
    homes, materials = await a_world(db, this, here, sat, 0)
    _, theirs = await a_world(database.of(other), other, elsewhere, everyone, 5)
    for_me = [
        (one, word)
        for one, (_, word) in zip(here, materials, strict=True)
        if is_for(one, sat[reader])
    ]

    async with db() as session:
        member = a_member(PEOPLE[reader], workspace_id=this)
        told, totals = await all_that_is_shown(session, member, homes, [*materials, *theirs])

    words = {word for _, word in for_me}
    for word in set(WORDS) - words:
        assert word not in told
    assert all(f"Shared {word}" in told for word in words)
    assert totals == {
        "everywhere": len(for_me),
        "found": len(for_me),
        "mine": sum(one.owner == reader for one, _ in for_me),
    }
