"""Things to test with. Each has sensible values; a test names only what it is about."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models.communities import Community
from models.digests.networks import NetworkDigest
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.materials.material import Circle as MaterialCircle
from models.materials.material import Kind, Material
from models.members import Member
from models.pilots.observation import Observation
from models.pilots.pilot import Better, Circle, Measure, Pilot, Rhythm
from models.practices.practice import Practice
from models.problems import Problem, Standing, Wording
from models.thanks.thanks import Thanks

# A Tuesday, 9:00 in Denver.
NOW = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

ANA, BEN, CHRIS = "U0ANA", "U0BEN", "U0CHRIS"
NAMES = {ANA: "Ana", BEN: "Ben", CHRIS: "Chris"}
MATH_CIRCLE = "C0MATHCIRCLE"


def a_member(member_id: str = ANA, **traits: Any) -> Member:
    return Member(**{"member_id": member_id, "name": NAMES.get(member_id), "muted": []} | traits)


def a_community(members: tuple[str, ...] = (ANA, BEN, CHRIS), **traits: Any) -> Community:
    """Return a community of those members, run by nobody yet."""
    community = Community(
        **{
            "workspace_id": "T0STAFF",
            "channel_id": MATH_CIRCLE,
            "channel_name": "math-circle",
            "name": "Math circle",
            "tz": "America/Denver",
            "is_private": False,
            "set_up_at": NOW,
            "memberships": [],
        }
        | traits
    )
    for member_id in members:
        community.welcome(member_id, NOW)
    return community


def a_wording(**fields: Any) -> Wording:
    return Wording.of(
        **{
            "title": "Quiet students",
            "happening": "Four students carry every discussion. The others wait.",
        }
        | fields
    )


def a_problem(**traits: Any) -> Problem:
    """Return a problem as it is read from the database, shared by Ana."""
    return Problem(
        **{
            "id": 7,
            "community_id": 1,
            "request_key": "V1",
            "author_id": ANA,
            "title": "Quiet students",
            "happening": "Four students carry every discussion. The others wait.",
            "topics": [],
            "shared_at": NOW,
        }
        | traits
    )


def a_standing(**traits: Any) -> Standing:
    """Return where a problem stands; what is no count is a trait of the problem."""
    counts = {"replies", "answers", "interested", "helper_ids"}
    problem = a_problem(**{name: value for name, value in traits.items() if name not in counts})
    return Standing(
        problem=problem, **{name: value for name, value in traits.items() if name in counts}
    )


def a_series(**traits: Any) -> Series:
    """Return a bi-weekly series on Thursdays at 16:00 in Denver, led by Ben."""
    return Series(
        **{
            "workspace_id": "T0STAFF",
            "community_id": 1,
            "first_on": date(2026, 12, 3),
            "every_weeks": 2,
            "at": time(16),
            "tz": "America/Denver",
            "minutes": 60,
            "slots": 2,
            "slot_minutes": 20,
            "protocol": "mini",
            "link": None,
            "facilitators": [BEN],
            "skills": ["wait time"],
            "skipped_on": [],
            "school_days": [],
            "planned_by": BEN,
            "changed_at": NOW,
        }
        | traits
    )


def a_hangout(**traits: Any) -> Hangout:
    """Return a hangout in two weeks and two days, at 16:00 in Denver, led by Ben."""
    starts_at = traits.get("starts_at", datetime(2026, 12, 3, 23, 0, tzinfo=UTC))
    return Hangout(
        **{
            "workspace_id": "T0STAFF",
            "community_id": 1,
            "series_id": 1,
            "occurs_on": starts_at.date(),
            "starts_at": starts_at,
            "ends_at": starts_at + HOUR,
            "tz": "America/Denver",
            "slots": 2,
            "slot_minutes": 20,
            "protocol": "mini",
            "facilitator_id": BEN,
            "skill": "wait time",
            "uid": f"hangout-{starts_at:%Y%m%d}@staffroom",
            "is_swapped": False,
            "is_moved": False,
            "sequence": 0,
        }
        | traits
    )


def a_practice(**traits: Any) -> Practice:
    """Return the exit ticket of the tool belt."""
    return Practice(
        **{
            "workspace_id": "T0STAFF",
            "name": "Exit ticket",
            "what": "One question at the end of the lesson, on a slip of paper.",
            "steps": ["Ask one question.", "Collect the slips at the door.", "Sort them in piles."],
            "minutes": 5,
            "topics": ["checking for understanding"],
            "added_at": NOW,
        }
        | traits
    )


def a_pilot(**traits: Any) -> Pilot:
    """Return Ana's private pilot: how many of her class write an answer, asked on Fridays."""
    return Pilot(
        **{
            "workspace_id": "T0STAFF",
            "request_key": "V1",
            "member_id": ANA,
            "community_id": 1,
            "practice_name": "Exit ticket",
            "cycle": 1,
            "aim": "Know at the end of the lesson who needs help.",
            "prediction": "Most will write an answer after two weeks.",
            "with_class": "period 3",
            "measure": Measure.COUNT,
            "measure_name": "students who wrote an answer",
            "unit": "students",
            "better": Better.HIGHER,
            "baseline": [],
            "starts_on": NOW.date(),
            "ends_on": NOW.date() + timedelta(weeks=3),
            "rhythm": Rhythm.WEEKLY,
            "ask_at": time(15),
            "circle": Circle.ME,
            "started_at": NOW,
        }
        | traits
    )


def an_observation(**traits: Any) -> Observation:
    """Return 18 of 26 on the first day."""
    return Observation(
        **{
            "workspace_id": "T0STAFF",
            "pilot_id": 1,
            "request_key": "E1",
            "on_date": NOW.date(),
            "value": 18.0,
            "total": 26,
            "logged_at": NOW,
        }
        | traits
    )


def a_material(**traits: Any) -> Material:
    """Return the rubric that Ana keeps in her community, seen there only."""
    return Material(
        **{
            "workspace_id": "T0STAFF",
            "request_key": "V1",
            "community_id": 1,
            "owner_id": ANA,
            "title": "Fraction talk rubric",
            "kind": Kind.RUBRIC,
            "url": "https://example.org/fraction-talk",
            "topics": ["fractions", "talk"],
            "subject": "Math",
            "grades": "5-6",
            "minutes": 20,
            "circle": MaterialCircle.COMMUNITY,
            "saved_at": NOW,
        }
        | traits
    )


def a_thanks(**traits: Any) -> Thanks:
    """Return public thanks of Ana's, for covering her class; whom they are for is told apart."""
    return Thanks(
        **{
            "workspace_id": "T0STAFF",
            "request_key": "T1",
            "community_id": 1,
            "giver_id": ANA,
            "text": "covering my class",
            "effect": "I could be with my son",
            "is_private": False,
            "thanked_at": NOW,
        }
        | traits
    )


def a_network_digest(**traits: Any) -> NetworkDigest:
    """Return what Dana, a lead in Denver, has summed up of all communities on Fridays at 14:00."""
    return NetworkDigest(
        **{
            "workspace_id": "T0STAFF",
            "name": "North schools",
            "channel_id": "C0NETWORK",
            "community_ids": None,
            "tz": "America/Denver",
            "weekday": 4,
            "at": time(14),
            "next_at": datetime(2026, 11, 20, 21, tzinfo=UTC),
            "set_up_by": "U0DANA",
            "changed_by": "U0DANA",
            "changed_at": NOW,
        }
        | traits
    )
