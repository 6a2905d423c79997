"""Attendance: who was at a hangout, as far as anybody said."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, select, union_all

from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.signup import Signup


def was_there(*which: ColumnElement[bool]) -> Select[int, str]:
    """Return a query for those of `attended` of whom it is known: who led, and who said they came.

    Whoever signed up and has not answered since may have stayed away.
    """
    return _people(Signup.came.is_(True), *which)


def attended(*which: ColumnElement[bool]) -> Select[int, str]:
    """Return a query for `hangout_id` and `member_id` of all who were there; a row may come twice.

    `which` are conditions on the hangouts: without any a database reads all there ever were.
    Whoever led was there, and whoever signed up, unless they said that they did not come after
    all. Nobody was at a hangout that was called off.
    """
    return _people(Signup.came.is_not(False), *which)


def _people(said: ColumnElement[bool], *which: ColumnElement[bool]) -> Select[int, str]:
    """Return the query; `said` is what those who signed up have to have answered."""
    came = (
        select(Signup.hangout_id.label("hangout_id"), Signup.member_id.label("member_id"))
        .join(Hangout, Hangout.id == Signup.hangout_id)
        .where(Hangout.called_off_at.is_(None), *which)
        .where(Signup.is_coming, said)
    )
    its_own = and_(Signup.hangout_id == Hangout.id, Signup.member_id == Hangout.facilitator_id)
    led = (
        select(Hangout.id, Hangout.facilitator_id)
        .outerjoin(Signup, its_own)
        .where(Hangout.called_off_at.is_(None), Hangout.facilitator_id != NOBODY)
        .where(Signup.came.is_not(False), *which)
    )
    both = union_all(came, led).subquery()
    return select(both.c.hangout_id, both.c.member_id)
