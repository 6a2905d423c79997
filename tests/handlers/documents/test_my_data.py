"""My data as a file: readable, of its own, and safe in a spreadsheet."""

import csv
import io
import zipfile
from dataclasses import replace

from handlers.documents.my_data import my_data_bundle, my_data_page
from models.my_data.chapters.sheet import Sheet
from models.my_data.seeing import MyData
from models.thanks.journal import Journal
from tests.examples import ANA, BEN, NAMES, NOW, a_member, a_thanks
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.documents.reading import Document


def anas_data(*, thanks=()):
    facts = Sheet("about-me", "About me", "", "", ("what", "kept"), [("name", "Ana"), ("id", ANA)])
    rows = [("=1+1", NASTY, None), ("Quiet", "", 3)]
    problems = Sheet("problems", "Problems I shared", "", "", ("title", "words", "n"), rows)
    empty = Sheet("pilots", "My pilots", "", "", ("name",), [])
    journal = Journal(received=thanks, given=(), receivers={}, names=NAMES)
    return MyData(a_member(tz="America/Denver"), [facts, problems, empty], journal)


def files_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def test_the_document_has_a_chapter_for_each_kind_there_is():
    document = Document(my_data_page(anas_data(), NOW))

    assert document.is_of_its_own
    assert [text for tag, text in document.headings if tag == "h2"] == [
        "About me",
        "Problems I shared",
    ]
    assert NASTY in document.words
    assert "Tuesday 17 November 2026" in document.words
    assert [text for tag, text in document.headings if tag == "h4"] == [
        *("Name", "Id"),
        *("Title", "Words"),
        *("Title", "N"),
    ]


def test_the_file_holds_a_table_for_each_kind_and_no_formula_runs():
    files = files_in(my_data_bundle(anas_data(), NOW))

    assert set(files) == {"my-data.html", "tables/about-me.csv", "tables/problems.csv"}
    table = files["tables/problems.csv"].decode("utf-8-sig")
    [_, first, second] = csv.reader(io.StringIO(table, newline=""))
    assert first[0] == "'=1+1"
    assert second == ["Quiet", "", "3"]


def test_letters_that_are_switched_off_are_called_as_in_settings():
    facts = [("letters switched off", "hangouts.seats, thanks.ideas")]
    sheet = Sheet("about-me", "About me", "", "", ("what", "kept"), facts)
    data = replace(anas_data(), sheets=[sheet])

    files = files_in(my_data_bundle(data, NOW))

    said = "A seat to present is free for me; There is a colleague I may want to thank"
    assert said in Document(files["my-data.html"]).words
    assert said in files["tables/about-me.csv"].decode()


def test_thanks_come_as_their_journal():
    thanks = [a_thanks(id=1, giver_id=BEN, is_private=True)]

    files = files_in(my_data_bundle(anas_data(thanks=thanks), NOW))

    assert "covering my class" in Document(files["kind-words.html"]).words
    assert "kind-words.html" in Document(files["my-data.html"]).words
    assert b"covering my class" in files["tables/thanks.csv"]
