"""The words of a material: what is kept of them, and what is answered."""

import pytest

from models.errors import RuleError
from models.materials.likeness import file_key
from models.materials.links import Link
from models.materials.material import Circle, Kind
from models.materials.wording import (
    Licence,
    MaterialWording,
    Plan,
    SlackFile,
    circle_of,
    link_or_file,
    topics_in,
)

RUBRIC = SlackFile("F0RUBRIC", "rubric.pdf")


def test_what_is_typed_is_tidied():
    wording = MaterialWording.of(
        title="  Fraction\n talk ",
        kind="slide deck",
        licence="CC BY-SA",
        topics="#fractions, Talk;talk\n estimation",
        minutes="45 min",
        grades=" 5–6 ",
        note="Page 2\nis enough.",
    )

    assert wording.title == "Fraction talk"
    assert (wording.kind, wording.licence) == (Kind.SLIDES, Licence.BY_SA)
    assert wording.topics == ("fractions", "Talk", "estimation")
    assert (wording.minutes, wording.grades) == (45, "5–6")
    assert wording.note == "Page 2\nis enough."


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "\u200b \u2800"),
        ("title", "a" * 151),
        ("kind", "worksheet"),
        ("licence", "mine"),
        ("topics", "a,b,c,d,e,f,g,h,i"),
        ("topics", "a" * 31),
        ("minutes", "0"),
        ("minutes", "601"),
        ("minutes", "٤٥"),
        ("minutes", "an hour"),
        ("note", "a" * 1001),
    ],
)
def test_what_does_not_fit_is_answered_at_its_field(field, typed):
    with pytest.raises(RuleError) as refused:
        MaterialWording.of(**{"title": "Rubric", field: typed})

    assert refused.value.field == field


def test_a_material_is_a_link_or_a_file_and_never_both():
    assert link_or_file(" https://example.org ", None) == Link.of("https://example.org")
    assert link_or_file(None, RUBRIC) is None
    for url, file in (("", None), ("https://example.org", RUBRIC)):
        with pytest.raises(RuleError) as refused:
            link_or_file(url, file)
        assert refused.value.field == "url"


def test_a_file_is_known_by_its_id_which_may_be_forged():
    plan = Plan(wording=MaterialWording.of(title="Rubric"), file=RUBRIC)

    assert plan.same_key == file_key("F0RUBRIC")
    assert SlackFile.of("F0RUBRIC", "rubric\n.pdf") == SlackFile("F0RUBRIC", "rubric .pdf")
    assert SlackFile.of("F0RUBRIC", None) == SlackFile("F0RUBRIC", "File")
    for forged in ("", "f1", "F1/../x", "U0ANA", "F" * 40, None):
        assert SlackFile.of(forged, "rubric.pdf") is None


def test_who_sees_it_is_one_of_two_circles():
    assert circle_of(None) is Circle.COMMUNITY
    assert circle_of("network") is Circle.NETWORK
    with pytest.raises(RuleError):
        circle_of("world")


def test_a_topic_stands_once():
    assert topics_in("Fractions, fractions , #FRACTIONS") == ("Fractions",)
