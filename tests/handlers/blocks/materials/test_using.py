"""How using, building upon, attaching and checking look, with whatever members have written."""

import pytest

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.materials.attaching import (
    attach_form,
    attached,
    here_form,
    material_options,
    materials_line,
    place_options,
    taken_off,
)
from handlers.blocks.materials.checking import (
    check_answered,
    check_letter,
    gone_letter,
    held_no_more,
    still_held,
    withdrawn_letter,
)
from handlers.blocks.materials.facts import Known
from handlers.blocks.materials.ids import ATTACH, DELETE, EDIT, HOLDS_NO_MORE, SHOW, STILL_HOLDS
from handlers.blocks.materials.ids import USED as USED_BUTTON
from handlers.blocks.materials.remixing import remixed_letter
from handlers.blocks.materials.using import use_form, use_kept, use_taken_back, used_letter
from handlers.blocks.members import MUTE
from handlers.blocks.practices.cards import practice_card
from handlers.blocks.problems.cards import problem_card
from models.materials.attaching import Standing
from models.materials.material import About, Circle, Place, Use
from models.materials.places import Target
from models.materials.using import Told, Used
from models.student_data import suspicions
from tests.examples import ANA, BEN, NAMES, NOW, a_material, a_pilot, a_practice, a_standing
from tests.handlers.blocks.practices.drawings import told_of
from tests.handlers.blocks.problems.drawings import LEGEND, NASTY, seen
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

KNOWN = Known(names=NAMES, places={1: "#math-circle"}, address="https://staffroom.slack.com/")
RUBRIC = a_material(id=7)
PROBLEM = Target(kind=About.PROBLEM, id=3, title="Nobody talks", community_id=1)


def a_use(member_id=BEN, how="Went well.", pilot=None):
    return Used(Use(material_id=7, member_id=member_id, how=how, used_at=NOW), pilot)


def standing(number=1, title="Rubric", place="Nobody talks"):
    return Standing(
        Place(id=number, material_id=7, about_kind=About.PROBLEM, about_id=3, attached_by=ANA),
        a_material(id=7, title=title),
        Target(kind=About.PROBLEM, id=3, title=place, community_id=1),
    )


def test_the_form_says_who_reads_it_and_asks_no_more_than_it_must():
    form = shown(use_form(RUBRIC, "Ana", [], None))

    assert list(fields(form)) == ["how"]
    assert "Ana hears of it, and everybody who sees the material can read" in seen(form)


def test_pressed_again_the_form_has_what_was_said_and_a_way_back():
    pilots = [a_pilot(id=4), a_pilot(id=5, with_class="period 5")]

    form = shown(use_form(RUBRIC, "Ana", pilots, Told("Went well.", 5), is_known=True))

    assert list(fields(form)) == ["how", "pilot", "not_used"]
    assert fields(form)["how"]["initial_value"] == "Went well."
    assert fields(form)["pilot"]["initial_option"]["value"] == "5"


def test_a_hundred_pilots_and_a_warning_fit_into_the_form():
    pilots = [a_pilot(id=number, practice_name=NASTY * 2) for number in range(100)]
    text = "My student Maria Lopez liked it."

    form = shown(
        use_form(a_material(id=7, title=NASTY), NASTY, pilots, Told(text), suspicions(text))
    )

    assert len(fields(form)["pilot"]["options"]) == 100
    assert "Nothing is kept yet" in seen(form)


def test_a_letter_tells_who_used_it_and_how_it_went():
    pilot = a_pilot(id=4)

    letter = sent(used_letter(RUBRIC, [a_use(), a_use("U1", None, pilot)], KNOWN))

    first, second = letter["text"].splitlines()
    assert first == "Ben used your Fraction talk rubric: Went well."
    assert second == "<@U1> used your Fraction talk rubric in the pilot Exit ticket, period 3"
    assert buttons(letter) == [(SHOW, "7"), (MUTE, "materials.news")]


def test_a_letter_about_many_names_a_few_and_counts_nobody():
    letter = sent(used_letter(RUBRIC, [a_use(f"U{one}") for one in range(40)], KNOWN))

    assert len(letter["text"].splitlines()) == 6
    assert "40" not in seen(letter)
    assert "Others did, too." in letter["text"]


def test_words_of_all_kinds_stay_words():
    nasty = a_material(id=7, title=NASTY[:150], circle=Circle.NETWORK)
    for message in (
        used_letter(nasty, [a_use(how=NASTY)], KNOWN),
        use_kept(nasty, NASTY, KNOWN, is_new=True),
        use_kept(nasty, NASTY, KNOWN, is_new=False),
        use_taken_back(nasty, KNOWN),
        remixed_letter(nasty, nasty, KNOWN),
        check_letter(nasty, NOW.date(), KNOWN, is_own=True),
        check_letter(nasty, NOW.date(), KNOWN, is_own=False),
        check_answered(nasty, KNOWN),
        withdrawn_letter(),
        still_held(nasty, KNOWN),
        held_no_more(nasty, KNOWN),
        gone_letter(nasty, KNOWN),
        attached(nasty, PROBLEM, [standing(title=NASTY, place=NASTY)], KNOWN),
        taken_off([standing(title=NASTY, place=NASTY)]),
    ):
        assert "<!channel>" not in sent(message)["text"]
    shown(attach_form(nasty, NASTY[:80], [standing(place=NASTY)], None))
    shown(here_form(PROBLEM, [standing(number, title=NASTY) for number in range(30)], None))


def test_who_used_it_hears_that_it_worked_and_can_change_it():
    done = sent(use_kept(RUBRIC, "Ana", KNOWN, is_new=True))

    assert done["text"] == "Noted: you used Fraction talk rubric. Ana will be glad to hear."
    assert buttons(done) == [(USED_BUTTON, "7")]


def test_who_built_on_it_thanks_in_their_own_name():
    remix = a_material(id=8, owner_id=BEN, title="Essay rubric")

    letter = sent(remixed_letter(remix, RUBRIC, KNOWN))

    assert letter["text"].startswith(
        "Ben thanks you: your Fraction talk rubric has become Essay rubric."
    )
    assert buttons(letter) == [(SHOW, "8"), (MUTE, "materials.news")]


def test_the_yearly_question_has_its_three_answers_and_a_switch():
    letter = sent(check_letter(RUBRIC, NOW.date(), KNOWN, is_own=True))

    assert "Does Fraction talk rubric still hold?" in letter["text"]
    assert "17 November 2026" in letter["text"]
    assert [one for one, _ in buttons(letter)] == [STILL_HOLDS, EDIT, HOLDS_NO_MORE, MUTE]


def test_a_facilitator_reads_why_they_are_asked():
    letter = sent(check_letter(RUBRIC, NOW.date(), KNOWN, is_own=False))

    assert "Ana saved it" in letter["text"]
    assert "cannot look after it any more" in letter["text"]


def test_an_answer_offers_the_way_back():
    stale = a_material(id=7, stale_at=NOW)

    assert "its card says so" in sent(check_answered(stale, KNOWN))["text"].lower()
    assert (STILL_HOLDS, "7") in buttons(sent(check_answered(stale, KNOWN)))
    assert (DELETE, "7") in buttons(sent(held_no_more(stale, KNOWN)))
    assert buttons(sent(check_answered(RUBRIC, KNOWN))) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            {"url": None, "file_id": "F1", "gone_at": NOW},
            "The file of Fraction talk rubric is gone",
        ),
        (
            {"url": None, "file_id": "F1", "source_ts": "1.1", "gone_at": NOW},
            "The file or its message of Fraction talk rubric is gone",
        ),
        ({"gone_at": NOW}, "The message from which Fraction talk rubric was saved is gone"),
    ],
)
def test_what_is_gone_from_slack_is_named(source, words):
    assert words in sent(gone_letter(a_material(id=7, **source), KNOWN))["text"]


def test_the_form_says_who_will_see_it_there():
    here = shown(attach_form(RUBRIC, "#math-circle", [], None))
    everywhere = shown(attach_form(a_material(id=7, circle=Circle.NETWORK), "#x", [], None))

    assert "for those who are in #math-circle to see" in seen(here)
    assert "for everybody there to see" in seen(everywhere)
    assert list(fields(here)) == ["about"]


def test_what_is_attached_by_now_has_ticks_to_take_away():
    form = shown(here_form(PROBLEM, [standing(1), standing(2, title="Slides")], None))

    boxes = fields(form)["stays"]
    assert [one["text"]["text"] for one in boxes["options"]] == ["Rubric", "Slides"]
    assert boxes["initial_options"] == boxes["options"]
    assert '"shown": "1,2"' in form["private_metadata"]


def test_the_lists_name_kinds_and_leave_out_empty_ones():
    groups = place_options({About.PRACTICE: [], About.PROBLEM: [PROBLEM], About.HANGOUT: []})

    assert [group.to_dict()["label"]["text"] for group in groups] == ["Problems"]
    assert groups[0].to_dict()["options"][0]["value"] == "problem:3"
    assert [one.to_dict()["value"] for one in material_options([RUBRIC])] == ["7"]


def test_the_line_beside_a_card_opens_each_and_names_a_few():
    several = [a_material(id=number, title=f"Rubric {number}") for number in range(1, 8)]

    line = materials_line(several, None)

    assert line.text.startswith("Materials: Rubric 1, Rubric 2,")
    assert line.text.endswith("Rubric 5 and more")
    assert not materials_line([], None)
    assert materials_line([RUBRIC], None).block.to_dict()["elements"][0]["elements"][1]["url"] == (
        "https://example.org/fraction-talk"
    )


def test_cards_of_problems_and_practices_show_what_stands_beside_them():
    line = materials_line([RUBRIC], None)

    problem = sent(problem_card(a_standing(), LEGEND, line))
    ticket = a_practice(id=7)
    practice = sent(practice_card(ticket, told_of(ticket, materials=line)))
    bare = sent(problem_card(a_standing(), LEGEND, phrase()))

    for card in (problem, practice):
        assert "Materials: Fraction talk rubric" in card["text"]
        assert "https://example.org/fraction-talk" in str(card["blocks"])
    assert "Materials" not in bare["text"]


def test_an_answer_leads_on_to_the_next_place():
    done = sent(attached(RUBRIC, PROBLEM, [], KNOWN))

    assert done["text"] == "Fraction talk rubric stands beside “Nobody talks” now."
    assert buttons(done) == [(ATTACH, "7")]
