"""A community's own words: what may stand in them, and that they are one text a place."""

import pytest

from models.wordings.rewording import (
    TEXT_LENGTH,
    WordsError,
    back_to_ours,
    checked,
    pieces_of,
    reword,
    without,
    wording_of,
    wordings_of,
)
from models.wordings.wording import Spot
from tests.examples import BEN, NOW
from tests.models.digests.week import a_circle


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "write a sentence"),
        ("See you on {dya}", "{dya}"),
        ("See you on {news}", "{when}, {day}"),
        ("See you {day", "brace"),
        ("{day} {day} {Day}", "twice at most"),
        ("Come, @channel", "@channel"),
        ("Come, <!here>", "Nobody is called"),
        ("x" * (TEXT_LENGTH + 1), f"{TEXT_LENGTH} fit"),
    ],
)
def test_words_that_cannot_be_said_are_refused_at_their_field(text, why):
    with pytest.raises(WordsError) as refused:
        checked(Spot.INVITATION, text)

    assert refused.value.field == "text"
    assert why in str(refused.value)


def test_a_placeholder_may_be_written_with_capitals_and_spaces():
    assert checked(Spot.PROMPT, "  A word of thanks this { Day }? ") == (
        "A word of thanks this {day}?"
    )


def test_words_fall_apart_at_their_placeholders():
    assert list(pieces_of("{day} with {host}.")) == [
        (True, "day"),
        (False, " with "),
        (True, "host"),
        (False, "."),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{when}: we meet. We try {skill}, then talk.", "{when}: we meet."),
        ("{when}, with {skill}! Bring a question.", "Bring a question."),
        ("Today:\nwe try {skill}\nand talk", "Today:\nand talk"),
        ("Only {skill}", ""),
        ("Nothing of it. Not a word.", "Nothing of it. Not a word."),
    ],
)
def test_sentences_about_what_there_is_not_are_left_out(text, left):
    assert without(text, ["skill", "seats"]) == left


async def test_words_are_kept_once_a_place_changed_and_forgotten(db):
    circle = await a_circle(db)
    for text in ("This week: {news}", "In {community}: {news}"):
        async with db.begin() as session:
            await reword(session, circle, Spot.DIGEST, text, by=BEN, now=NOW)
    async with db() as session:
        assert await wordings_of(session, circle.id) == {Spot.DIGEST: "In {community}: {news}"}
        assert await wording_of(session, circle.id, Spot.PROMPT) is None

    for _ in range(2):
        async with db.begin() as session:
            await back_to_ours(session, circle.id, Spot.DIGEST)

    async with db() as session:
        assert await wording_of(session, circle.id, Spot.DIGEST) is None
