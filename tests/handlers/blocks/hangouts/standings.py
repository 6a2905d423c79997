"""Hangouts as they stand, for drawings: who comes, who presents, who waits."""

from datetime import timedelta

from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.own import Own
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_hangout, a_problem

LINK = "https://example.slack.com/archives/C0MATHCIRCLE/p1"
KNOWN = Known(names=NAMES, problems={7: a_problem()}, links={7: LINK})


def a_signup(member_id=ANA, presenting=Presenting.SEAT, **traits):
    offered_until = NOW + timedelta(days=1) if presenting == Presenting.OFFERED else None
    return Signup(
        **{
            "hangout_id": 3,
            "member_id": member_id,
            "is_coming": True,
            "presenting": presenting,
            "offered_until": offered_until,
        }
        | traits
    )


def a_stand(*signups, coming=(), cannot=(), **traits):
    """Return how a hangout of these sign-ups stands; `traits` are the hangout's."""
    waiting = tuple(one for one in signups if one.presenting == Presenting.WAITING)
    return HangoutStanding(
        hangout=a_hangout(**{"id": 3} | traits),
        seats=tuple(one for one in signups if one not in waiting),
        waiting=waiting,
        coming_ids=(*(one.member_id for one in signups), *coming),
        cannot_ids=tuple(cannot),
    )


def anas(*signups, **traits):
    return Own.of(a_stand(*signups, **traits), ANA)


__all__ = ["ANA", "BEN", "CHRIS", "KNOWN", "LINK", "a_signup", "a_stand", "anas"]
