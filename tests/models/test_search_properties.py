"""What holds for every search, whoever looks and whatever they type."""

from itertools import count

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.search import find, keep, similar
from models.search.words import words_of
from tests.models.test_search import PROBLEM, an_entry, kept

# The database stays, each example has a workspace of its own in it; databases have slow moments.
many = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
workspaces = (f"T{number}" for number in count(1))

letters = st.characters(categories=["Lu", "Ll", "Lt", "Lo"])
words = st.text(letters, min_size=3, max_size=30) | st.sampled_from(
    ["differentiation", "running", "Happily", "the", "Ana’s", "don't", "generalizations", "AND"]
)
operators = ["quiet", '"', "'", "*", "NEAR(", ")", "AND", "OR NOT", ":", "-", "\\", "%", "\0"]
anything = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.lists(st.sampled_from(operators)).map(" ".join),
)
FAR_APART = ["fraction", "vocabulary", "rubric", "notebook", "chemistry", "homework", "poster"]


@many
@given(text=anything)
async def test_any_text_can_be_kept_and_asked_for(database, text):
    db = database.of(next(workspaces))

    await kept(db, an_entry(text, body=text, filters={"topic": text}))

    async with db() as session:
        findings = await find(session, text, kinds=[PROBLEM], communities=[])
        await find(session, text, kinds=[PROBLEM], communities=[], filters={"topic": text})
        await similar(session, text, kinds=[PROBLEM], communities=[])
    assert bool(findings.hits) == bool(words_of(text))


@many
@given(title=st.lists(words, min_size=1, max_size=4), body=st.lists(words, max_size=6))
async def test_an_entry_is_found_by_each_of_its_words(database, title, body):
    db = database.of(next(workspaces))
    await kept(db, an_entry("Something else", 1), an_entry(" ".join(title), 2, body=" ".join(body)))

    async with db() as session:
        for word in [word for word in title + body if words_of(word)]:
            findings = await find(session, word, kinds=[PROBLEM], communities=[])
            assert 2 in [hit.about_id for hit in findings.hits], word


@many
@given(word=st.sampled_from(FAR_APART), place=st.integers(0, 20), data=st.data())
async def test_one_wrong_letter_is_forgiven(database, word, place, data):
    place %= len(word) - 1
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    assume(typed != word)
    db = database.of(next(workspaces))
    await kept(db, *(an_entry(one, number) for number, one in enumerate(FAR_APART)))

    async with db() as session:
        findings = await find(session, typed, kinds=[PROBLEM], communities=[])

    assert [hit.about_id for hit in findings.hits] == [FAR_APART.index(word)]


@many
@given(
    entries=st.lists(
        st.tuples(st.booleans(), st.sampled_from([1, 2, 3, None]), st.sampled_from(FAR_APART)),
        max_size=12,
    ),
    mine=st.sets(st.integers(1, 3)),
    asked=st.sampled_from([*FAR_APART, "rubrik", "chemisrty", "homewrok", "shared", "poste"]),
)
async def test_a_viewer_sees_what_is_open_or_their_own_and_nothing_else(
    database, entries, mine, asked
):
    here, elsewhere = database.of(next(workspaces)), database.of(next(workspaces))
    for db in (here, elsewhere):
        async with db.begin() as session:
            for number, (is_open, community, word) in enumerate(entries):
                about_id = number if db is here else number + 100
                entry = an_entry(
                    f"Shared {word}", about_id, is_open=is_open, community_id=community
                )
                await keep(session, entry)
    visible = {
        number: word
        for number, (is_open, community, word) in enumerate(entries)
        if is_open or community in mine
    }

    async with here() as session:
        everything = await find(
            session, "shared", kinds=[PROBLEM], communities=mine, page=slice(None)
        )
        findings = await find(session, asked, kinds=[PROBLEM], communities=mine)
        alike = await similar(session, f"shared {asked}", kinds=[PROBLEM], communities=mine)

    assert {hit.about_id for hit in everything.hits} == set(visible)
    assert {hit.about_id for hit in [*findings.hits, *alike]} <= set(visible)
    assert set(findings.corrected.values()) <= {*visible.values(), "shared"}


@pytest.mark.parametrize("others", [[], [("Shared rubric", 9)]])
async def test_an_empty_workspace_finds_nothing(database, others):
    here, elsewhere = database.of("THERE"), database.of("TELSEWHERE")
    await kept(elsewhere, *(an_entry(*other) for other in others))

    async with here() as session:
        findings = await find(session, "shared rubrik", kinds=[PROBLEM], communities=[7])

    assert (findings.hits, findings.total, findings.corrected) == ([], 0, {})
