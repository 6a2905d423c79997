"""How a weekly digest reads: what is open first, each thing with its link, on one screen."""

from datetime import timedelta

import pytest

from handlers.blocks.digests.ids import BACK, CUSTOMS, FURTHER, PREVIEW, SEE_ALL
from handlers.blocks.digests.items import SHORT, phone_lines, sections_of
from handlers.blocks.digests.pages import PAGE_SIZE
from handlers.blocks.digests.weekly import (
    SCREEN,
    TOLD_AT_MOST,
    comes_words,
    digest_blocks,
    fitting,
    missed_letter,
    opening_of,
    preview,
    taken_back,
    whole_digest,
)
from handlers.blocks.members import MUTE
from handlers.blocks.text import when
from models.digests.customs import DigestCustoms
from models.digests.digest import Digest, Meeting
from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.pilot import Decision
from models.problems.posted import CARD as PROBLEM_CARD
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NAMES,
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_pilot,
    a_problem,
    a_thanks,
)
from tests.handlers.blocks.pilots.evidence_examples import an_evidence
from tests.handlers.blocks.surfaces import buttons, sent

LINK = "https://x.slack.com/archives/C1/p17"
SHOUT = "<!channel> *bold* <https://evil.example|click> " + "x" * 300


def a_digest(**news):
    return Digest(
        **{
            "community": a_community(id=1),
            "since": NOW - 7 * DAY,
            "at": NOW,
            "names": NAMES,
        }
        | news
    )


def a_full_digest(many=1, **traits):
    """Return a digest with so many things of each kind."""
    numbers = range(1, many + 1)
    return a_digest(
        questions=[a_problem(id=one, shared_at=NOW - DAY, **traits) for one in numbers],
        meeting=Meeting(a_hangout(starts_at=NOW + 2 * DAY), 1),
        pilots=[a_pilot(id=one, shared_at=NOW) for one in numbers],
        thanks=[a_thanks(id=one) for one in numbers],
        receivers={one: [BEN] for one in numbers},
        materials=[a_material(id=one) for one in numbers],
        links={(PROBLEM_CARD, 1): LINK, (MATERIAL_CARD, 1): LINK},
    )


def lines(drawn):
    return [one.removeprefix("• ") for one in drawn["text"].split("\n") if one.startswith("• ")]


def test_the_opening_says_in_one_line_what_the_week_holds():
    digest = a_digest(
        questions=[a_problem(id=1), a_problem(id=2)],
        meeting=Meeting(a_hangout(starts_at=NOW + 2 * DAY), 1),
        pilots=[a_pilot(finished_at=NOW)],
    )

    assert opening_of(digest).text == (
        "This week in #math-circle: two open questions, one seat on Thursday, one pilot finished."
    )


def test_words_of_thanks_are_never_counted():
    digest = a_digest(thanks=[a_thanks(id=one) for one in range(5)])

    assert opening_of(digest).text == "This week in #math-circle: words of thanks."


def test_each_thing_is_one_line_and_leads_to_its_message():
    drawn = sent(digest_blocks(a_full_digest()))

    question, hangout, pilot, thanks, material = lines(drawn)
    assert question == "Open question: Quiet students · Ana, Monday"
    assert hangout.startswith("Hangout: <!date^")
    assert hangout.endswith(" with Ben · one of two seats to present free")
    assert pilot == "Pilot: Exit ticket, period 3 · Ana · no values yet"
    assert thanks == ("Ana thanks Ben: for covering my class — because I could be…")
    assert material == "New: Fraction talk rubric · a rubric from Ana"
    assert str(drawn["blocks"]).count(LINK) == 2
    assert buttons(drawn) == []


def test_a_pilot_says_what_was_decided_and_honestly_what_it_showed():
    pilot = a_pilot(id=1, finished_at=NOW, decision=Decision.ABANDON)
    digest = a_digest(pilots=[pilot], evidence={1: an_evidence(10, 12)})

    [line] = lines(sent(digest_blocks(digest)))

    assert line == "Pilot: Exit ticket, period 3 · Ana let it go · too early to say"


def test_who_asked_without_a_name_has_none_and_many_receivers_are_no_number():
    digest = a_digest(
        questions=[a_problem(author_id=None, shared_at=NOW)],
        thanks=[a_thanks(id=1, effect=None)],
        receivers={1: [BEN, CHRIS, "U4", "U5"]},
    )

    question, thanks = lines(sent(digest_blocks(digest)))

    assert question == "Open question: Quiet students · without a name, Tuesday"
    assert thanks.startswith("Ana thanks Ben, Chris, A colleague and others: ")


def test_of_questions_told_before_the_channel_sees_two_and_see_all_has_the_others():
    waiting = [a_problem(id=one, shared_at=NOW - one * DAY) for one in range(8, 12)]
    new = a_problem(id=1, title="New one", question="Why?", shared_at=NOW)
    digest = a_digest(questions=[new, *waiting])

    drawn, whole = sent(digest_blocks(digest)), sent(whole_digest(digest, "", 0))

    assert "five open questions" in drawn["text"]
    assert lines(drawn)[0] == "Open question: New one · Ana, Tuesday"
    assert len(lines(drawn)) == 3
    assert buttons(drawn) == [(SEE_ALL, "1:2026-11-16:0")]
    assert len(lines(whole)) == 5


@pytest.mark.parametrize("waiting", [True, False])
def test_questions_told_before_make_no_digest_alone(waiting):
    asked_at = NOW - (8 if waiting else 6) * DAY
    digest = a_digest(
        questions=[a_problem(shared_at=asked_at)],
        meeting=Meeting(a_hangout(starts_at=NOW + 2 * DAY), 2),
    )

    assert digest.has_news is not waiting


@pytest.mark.parametrize("many", [1, 3, 50])
def test_it_fits_one_screen_and_the_rest_is_behind_see_all(many):
    digest = a_full_digest(many, title="How do I get quiet students to say something? " * 3)
    sections = sections_of(digest, SHORT)
    opening = phone_lines(opening_of(digest))

    shown = fitting(sections, SCREEN - opening)
    drawn = sent(digest_blocks(digest))

    assert opening + sum(phone_lines(line) for line in shown) <= SCREEN
    assert len(shown) < TOLD_AT_MOST
    # Of each kind the first one is there, the open question before all.
    assert {line.text.partition(" ")[0] for line in shown} >= {"Open", "Pilot:", "New:", "Ana"}
    assert shown[0].text.startswith("Open question")
    assert len(lines(drawn)) == len(shown)
    assert buttons(drawn) == ([(SEE_ALL, "1:2026-11-16:0")] if many > 1 else [])


def test_what_members_write_calls_and_formats_nothing():
    digest = a_digest(
        questions=[a_problem(id=1, title=SHOUT)],
        thanks=[a_thanks(id=1, text=SHOUT)],
        receivers={1: [BEN]},
        materials=[a_material(id=1, title=SHOUT)],
        names={ANA: SHOUT, BEN: SHOUT},
    )

    for drawn in (sent(digest_blocks(digest)), sent(whole_digest(digest, "", 0))):
        assert "<!channel>" not in drawn["text"]
        assert "<https://evil" not in drawn["text"]
        assert not [one for one in _pieces(drawn) if one["type"] not in ("text", "date")]


def _pieces(drawn):
    """Return all pieces of rich text of a message."""
    rich = [one for one in drawn["blocks"] if one["type"] == "rich_text"]
    return [
        piece
        for block in rich
        for part in block["elements"]
        for section in (part["elements"] if part["type"] == "rich_text_list" else [part])
        for piece in section["elements"]
    ]


def test_all_of_it_comes_in_pages_with_headings_for_one_reader():
    digest = a_full_digest(8)

    first, second = (sent(whole_digest(digest, "2026-11-16", page)) for page in (0, 1))
    beyond = sent(whole_digest(digest, "2026-11-16", 99))

    assert len(lines(first)) == PAGE_SIZE
    assert "Waiting for a first answer" in first["text"]
    assert "Only you see this" in first["text"]
    assert buttons(first) == [(FURTHER, "1:2026-11-16:1")]
    assert buttons(second) == [(BACK, "1:2026-11-16:0"), (FURTHER, "1:2026-11-16:2")]
    assert buttons(beyond)[0] == (BACK, "1:2026-11-16:2")


def test_a_preview_of_nothing_says_so_and_only_facilitators_can_change_when_it_comes():
    facilitators, others = (
        sent(preview(a_digest(), None, may_change=may_change)) for may_change in (True, False)
    )

    assert "There is nothing new in #math-circle" in facilitators["text"]
    assert "#math-circle has no weekly digest yet." in facilitators["text"]
    assert buttons(facilitators) == [(CUSTOMS, "1")]
    assert buttons(others) == []
    ended = DigestCustoms(weekday=None, next_at=None)
    assert comes_words(a_community(), ended).text == "#math-circle has no weekly digest."


def test_a_missed_digest_is_told_of_kindly_with_a_way_to_read_it_and_to_be_told_no_more():
    following = NOW + timedelta(days=6)

    drawn = sent(missed_letter(a_community(id=1), NOW - DAY, following))

    assert "could not come on Monday 16 November" in drawn["text"]
    assert f"the next one, on {when(following, 'America/Denver')}, has it" in drawn["text"]
    assert buttons(drawn) == [(PREVIEW, "1"), (MUTE, "digests.facilitating")]


def test_a_digest_of_which_all_was_taken_back_tells_nothing():
    assert (
        sent(taken_back())["text"] == "What this digest told of was answered or taken back since."
    )
