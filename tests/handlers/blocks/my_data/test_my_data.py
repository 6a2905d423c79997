"""My data as they are shown: in plain words, without a number of thanks, and asked about twice."""

from handlers.blocks.my_data.erasing import (
    deleted_for_them,
    erasing_form,
    everything_deleted,
    my_data_button,
)
from handlers.blocks.my_data.exporting import export_file, export_promised
from handlers.blocks.my_data.ids import DELETE, EXPORT, SHOW
from handlers.blocks.my_data.seeing import kept_about_you
from models.my_data.chapters.sheet import Sheet
from models.my_data.seeing import MyData
from models.thanks.journal import Journal
from tests.examples import ANA, BEN, NAMES, NOW, a_member, a_thanks
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

FACTS = Sheet("about-me", "About me", "fact", "facts", ("what", "kept"), [("name", "Ana")])


def a_sheet(name="pilots", number=2, one="pilot", several="pilots"):
    return Sheet(name, name.title(), one, several, ("what",), [("x",)] * number)


def my_data(*sheets, thanks=0, **traits):
    several = [a_thanks(id=number, giver_id=BEN) for number in range(thanks)]
    journal = Journal(received=several, given=(), receivers={}, names=NAMES)
    return MyData(a_member(ANA, tz="America/Denver", **traits), sheets, journal)


def test_what_is_kept_is_told_in_a_sentence_with_what_one_can_do():
    communities = Sheet(
        "communities", "Communities", "community", "communities", ("",) * 4,
        [("Math circle", "yes", "2026", None), ("Old", "no", "2020", "2021")],
    )  # fmt: skip

    message = sent(kept_about_you(my_data(FACTS, communities, a_sheet(), a_sheet("x", 1, "mark"))))

    assert "Your name, Ana, and your time zone, America/Denver, from Slack" in seen(message)
    assert "You are in Math circle; you look after Math circle." in seen(message)
    assert "2 pilots and one mark." in seen(message)
    assert [action for action, _ in buttons(message)][::2] == [EXPORT, DELETE]


def test_thanks_are_named_and_never_counted():
    few, many = [sent(kept_about_you(my_data(FACTS, thanks=number))) for number in (1, 7)]

    assert few == many
    assert "which are in your journal" in seen(few)


def test_names_are_shown_exactly_as_they_are():
    message = sent(kept_about_you(my_data(FACTS, name=NASTY)))

    assert NASTY in seen(message)


def test_of_a_stranger_nothing_is_kept_and_nothing_to_be_pressed():
    message = sent(kept_about_you(MyData(a_member(), (), my_data().journal)))

    assert "I keep nothing about you" in seen(message)
    assert buttons(message) == []


def test_deleting_asks_with_one_box_what_is_meant():
    form = shown(erasing_form())

    assert list(fields(form)) == ["is_sure"]
    assert fields(form)["is_sure"].get("initial_options") is None
    assert "this stays, as from someone who has left" in seen(form).replace("\n", "")
    assert "Export first" in str(form)
    [box] = [one for one in form["blocks"] if one.get("block_id") == "is_sure"]
    assert not box["optional"]


def test_for_somebody_gone_the_form_names_them():
    form = shown(erasing_form(a_member(BEN, name=NASTY)))

    assert NASTY in seen(form)
    assert BEN in form["private_metadata"]
    assert "about them" in str(fields(form))
    assert "Thanks they gave" in seen(form)
    assert "on a day drawn by lot" in str(form)


def test_every_answer_is_one_slack_takes():
    answers = [everything_deleted(is_news=True), everything_deleted(is_news=False)]
    answers += [deleted_for_them(is_news=True), deleted_for_them(is_news=False), export_promised()]

    assert len({seen(sent(one)) for one in answers}) == len(answers)
    assert my_data_button().action_id == SHOW


def test_the_file_has_a_name_that_says_what_it_is():
    message = export_file(a_member(tz="America/Denver"), b"zip", NOW)

    assert message.file is not None
    assert message.file.name == "my-data-2026-11-17.zip"
