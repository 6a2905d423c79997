"""A material's card says who saved what and what to know of it, and links only to the web."""

import pytest

from handlers.blocks.materials.cards import material_card, menu_choice, withdrawn
from handlers.blocks.materials.closer import Closer, material_view
from handlers.blocks.materials.facts import Known, address_of
from handlers.blocks.materials.ids import DELETE, MORE, REMIX, USED
from models.materials.material import Addition, Circle, Kind, Use
from models.materials.using import Used
from tests.examples import BEN, CHRIS, DAY, NAMES, NOW, a_material, a_pilot
from tests.handlers.blocks.problems.drawings import NASTY, drawn, menu, pressable

KNOWN = Known(names=NAMES, places={1: "#math-circle"}, address="https://staff.slack.com/")


def test_a_card_says_who_saved_what_and_what_to_know_of_it():
    material = a_material(id=7, note="Hang it on the wall.", licence="CC BY")
    card = drawn(material_card(material, Known(names=NAMES, uses={7: 4})))

    assert card["text"].split("\n") == [
        "Ana saved a rubric: Fraction talk rubric",
        "Hang it on the wall.",
        "20 minutes · Math · grades 5-6 · fractions, talk · CC BY · used by 4 colleagues",
    ]
    assert pressable(card) == [(USED, "7"), (REMIX, "7"), (MORE, None)]
    assert menu(card) == ["Look closer", "Edit", "Attach to something", "Delete"]
    assert "'url': 'https://example.org/fraction-talk'" in str(card)


def test_a_card_with_nothing_but_a_title_is_whole_as_well():
    bare = {"topics": [], "subject": None, "grades": None, "minutes": None, "kind": Kind.OTHER}
    card = drawn(material_card(a_material(id=7, **bare), Known(names=NAMES)))

    assert card["text"] == "Ana saved a material: Fraction talk rubric"


def test_what_members_typed_formats_and_calls_nobody():
    nasty = {"title": NASTY[:150], "note": NASTY * 9, "subject": NASTY[:60], "topics": [NASTY[:30]]}

    drawn(material_card(a_material(id=7, licence=NASTY[:60], **nasty), KNOWN))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "slack://open", "file:///etc/passwd", ""])
def test_only_an_address_of_the_web_is_ever_a_link(url):
    card = drawn(material_card(a_material(id=7, url=url), KNOWN))

    assert "'url':" not in str(card)


def test_a_file_opens_in_slack_as_long_as_it_is_there():
    file = a_material(id=7, url=None, file_id="F07", file_name="Grün & gut.pdf")
    gone = a_material(id=7, url=None, file_id="F07", gone_at=NOW)

    assert (
        address_of(file, KNOWN.address)
        == "https://staff.slack.com/files/U0ANA/F07/Gr%C3%BCn%20%26%20gut.pdf"
    )
    assert address_of(file, None) is None
    assert address_of(gone, KNOWN.address) is None
    assert "the file is gone from Slack" in drawn(material_card(gone, KNOWN))["text"]


def test_one_that_nobody_checked_for_long_says_so_and_one_that_no_longer_holds_says_that():
    old = drawn(material_card(a_material(id=7, asked_at=NOW, stale_at=NOW), KNOWN))["text"]
    wrong = drawn(material_card(a_material(id=7, stale_at=NOW), KNOWN))["text"]

    assert "not checked lately" in old
    assert "no longer holds" not in old
    assert "no longer holds" in wrong.splitlines()[1]
    assert "not checked lately" not in wrong


def test_a_card_names_what_it_was_built_on_and_what_was_built_on_it():
    origin = a_material(id=1, title="Talk rubric", owner_id=BEN)
    remixes = [a_material(id=number, title=f"Remix {number}", owner_id=CHRIS) for number in "2345"]
    known = Known(names=NAMES, origins={7: origin}, remixes={7: remixes})

    text = drawn(material_card(a_material(id=7), known))["text"]

    assert "Built on Talk rubric by Ben" in text
    assert "Remixed in Remix 2 by Chris, Remix 3 by Chris, Remix 4 by Chris and others" in text


def test_where_a_deleted_one_stood_it_says_only_that():
    assert drawn(withdrawn())["text"] == "This material was deleted."


@pytest.mark.parametrize("value", ["", "archive:7", "materials.edit:7", ":7"])
def test_a_forged_choice_leads_nowhere(value):
    assert menu_choice(value)[0] is None


def test_a_choice_is_the_button_it_stands_for():
    assert menu_choice("delete:7") == (DELETE, "7")


def an_addition(number):
    return Addition(member_id=BEN, note=f"Idea {number}", added_at=NOW)


def a_use(number, how=None):
    return Use(member_id=f"U{number}", how=how, used_at=NOW)


def test_a_closer_look_shows_what_colleagues_say_of_it():
    uses = [
        Used(Use(member_id=CHRIS, how="All spoke.", used_at=NOW), a_pilot(id=3)),
        Used(Use(member_id=BEN, used_at=NOW)),
    ]
    closer = Closer(known=KNOWN, additions=[an_addition(1)], uses=uses, tz="America/Denver")

    text = drawn(material_view(a_material(id=7), closer, NOW + DAY))["text"]

    assert "Saved by Ana in #math-circle on Tuesday · seen in #math-circle" in text
    assert "Ben added: Idea 1" in text
    assert "Chris used it in the pilot “Exit ticket, period 3”: All spoke." in text
    assert "Also used by Ben." in text


def test_a_closer_look_at_what_hundreds_used_still_fits_into_a_message():
    closer = Closer(
        known=KNOWN,
        additions=[an_addition(number) for number in range(100)],
        uses=[Used(a_use(number, NASTY * 5 if number % 2 else None)) for number in range(300)],
    )

    text = drawn(material_view(a_material(id=7, circle=Circle.NETWORK), closer, NOW))["text"]

    assert "the whole network sees it" in text
    assert "And 90 earlier additions." in text
