"""The forms about materials, and what is read after them."""

from typing import Any

from handlers.blocks.materials.duplicates import TwinAsked, twin_form
from handlers.blocks.materials.forms import edit_form, save_form, save_form_at_once
from handlers.blocks.materials.saving import (
    added,
    delete_form,
    deleted,
    did_you_mean,
    edited,
    left_over,
    nothing_to_save,
    saved,
)
from models.materials.changing import as_typed
from models.materials.material import Circle
from models.materials.wording import LENGTHS
from models.student_data import suspicions
from tests.examples import a_community, a_material
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened, seen

CIRCLE = a_community(id=1)
LOUNGE = a_community(id=2, name="x" * 80, channel_name="staff-lounge")


def fields_of(form: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in each field at first, by its name."""
    found = {}
    for block in form["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            option = element.get("initial_option") or {}
            found[block["block_id"]] = element.get("initial_value") or option.get("value")
    return found


def a_form(**traits: Any) -> dict[str, Any]:
    return opened(save_form(**{"place": "#math-circle", "typed": {}, "metadata": "{}"} | traits))


def test_the_form_says_first_where_it_goes_and_asks_little_that_is_required():
    form = a_form()

    first = form["blocks"][0]["text"]["text"]
    required = [
        block["block_id"]
        for block in form["blocks"]
        if block["type"] == "input" and not block.get("optional")
    ]
    assert first == "This goes into the materials of #math-circle, with your name."
    assert required == ["title", "kind", "circle", "licence"]
    assert list(fields_of(form))[:5] == ["title", "url", "file", "kind", "note"]
    assert "Post it in #math-circle" in seen(form)


def test_who_is_in_several_communities_chooses_one():
    form = a_form(place=None, communities=[CIRCLE, LOUNGE], typed={"community_id": 2})

    assert fields_of(form)["community_id"] == "2"
    assert "the community you choose" in seen(form)


def test_what_was_typed_stands_in_the_form_again():
    typed = {"title": NASTY, "url": "https://example.org", "kind": "video", "licence": "CC0"}
    typed |= {"circle": "network", "note": NASTY, "minutes": "45"}

    fields = fields_of(a_form(typed=typed))

    assert {name: fields[name] for name in typed} == typed


def test_a_form_that_is_drawn_once_is_the_same_as_one_that_is_drawn_anew():
    typed = {"title": "Fraction talk", "url": "https://youtu.be/dQw4w9WgXcQ", "kind": "video"}

    drawn_anew = a_form(typed=typed, metadata='{"source": "C1/1.1"}')
    at_once = save_form_at_once(
        place="#math-circle", typed=typed | {"source": "C1/1.1"}, metadata='{"source": "C1/1.1"}'
    )

    assert at_once == drawn_anew
    assert save_form_at_once(place="#math-circle", typed={"note": "A3"}, metadata="") is None


def test_what_is_longer_than_its_field_is_cut_rather_than_refused_by_slack():
    typed = {name: "x" * (most + 9) for name, most in LENGTHS.items()}

    fields = fields_of(a_form(typed=typed, notices=["About the link: …"]))

    assert len(fields["title"]) == LENGTHS["title"]


def test_of_several_links_the_form_asks_which_one():
    choices = [{"label": f"{NASTY} {number}"} for number in range(120)]

    form = a_form(typed={"choices": choices, "choice": "7"})

    [which] = [block for block in form["blocks"] if block.get("block_id") == "choice"]
    assert len(which["element"]["options"]) == 100
    assert fields_of(form)["choice"] == "7"
    assert not {"url", "file"} & fields_of(form).keys()


def test_what_may_tell_who_a_student_is_is_asked_about():
    doubts = suspicions("My student Emma Miller liked it.")

    form = a_form(typed={"note": "My student Emma Miller liked it."}, suspicions=doubts)

    assert "nobody_recognised" in fields_of(form)
    assert "Emma Miller" in seen(form)


def test_to_edit_is_to_find_ones_words_again():
    material = a_material(id=7, licence="CC BY", note=NASTY, minutes=None)

    form = opened(edit_form(as_typed(material), metadata="{}", is_own=True))

    fields = fields_of(form)
    shown = {name: typed for name, typed in as_typed(material).items() if typed}
    assert {name: fields[name] for name in shown} == shown
    assert fields["minutes"] is None


def test_who_sees_it_only_its_owner_is_asked():
    form = opened(edit_form(as_typed(a_material()), metadata="{}", is_own=False))

    assert "circle" not in fields_of(form)


def test_a_twin_is_added_to_and_elsewhere_may_be_saved_as_well():
    twin = a_material(id=7, title=NASTY)
    typed = {"note": NASTY, "topics": "fractions"}

    here, elsewhere = (
        opened(twin_form(twin, "Ben", TwinAsked({"material_id": 7}, typed, is_elsewhere=far)))
        for far in (False, True)
    )

    assert fields_of(here) == typed
    assert fields_of(elsewhere) == {"wish": "add"} | typed
    assert here["submit"]["text"] == "Add to it"
    assert "Ben saved this already" in seen(here)


def test_after_saving_one_reads_who_sees_it_and_where_it_stands():
    material = a_material(id=7, is_announced=True)

    here = drawn(saved(material, CIRCLE, ["Quiet students"]))
    everywhere = drawn(saved(a_material(id=7, circle=Circle.NETWORK, is_announced=False), CIRCLE))

    assert "The members of Math circle find it." in here["text"]
    assert "on its way to #math-circle" in here["text"]
    assert "beside “Quiet students”" in here["text"]
    assert "Everyone in this Slack finds it." in everywhere["text"]
    assert "card" not in everywhere["text"]


def test_nothing_that_is_said_calls_anybody():
    material = a_material(id=7, title=NASTY, file_id="F1", url=None, is_announced=True)

    for message in (
        saved(material, CIRCLE, [NASTY]),
        added(material),
        edited(material),
        deleted(NASTY),
        did_you_mean(NASTY, "list"),
        left_over(NASTY * 200),
        nothing_to_save([NASTY]),
        nothing_to_save([]),
    ):
        drawn(message)
    assert "its notes" in seen(opened(delete_form(material, "C1")))
