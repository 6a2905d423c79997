"""Tables open in a spreadsheet as they were written, and run nothing."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.documents.sheets import bundle, safe_cell, table
from tests.examples import NOW

STARTS = tuple("=+-@＝＋－＠\t\r\n")


def read(content):
    """Return what a spreadsheet reads."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "typed",
    [
        "=HYPERLINK(1)",
        "+1 from me",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "   =1",
        '"=1',
        "'=1",
        "“ =1",
        "\u200b=1",
        "\u00a0\ufeff=1",
    ],
)
def test_what_could_be_a_formula_becomes_text(typed):
    safe = safe_cell(typed)

    assert safe.startswith("'")
    assert safe.replace("'", "") == typed.replace("'", "")


@pytest.mark.parametrize("typed", ["", "2 = 2", "a-b", "for you", "“Well said”", "ana@example.org"])
def test_plain_words_stay_as_they_are(typed):
    assert safe_cell(typed) == typed


def test_nothing_begins_a_formula_behind_a_semicolon_or_in_a_second_line():
    assert safe_cell("covered;=1+1") == "covered;'=1+1"
    assert safe_cell("first\n @SUM(1)\tthen\t+1") == "first\n' @SUM(1)\tthen\t'+1"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_cell_that_is_read_begins_like_a_formula_and_no_word_is_lost(typed):
    [_, [cell, number]] = read(table(["words", "n"], [[typed, -3]]))

    assert not cell.lstrip(" \"'").startswith(STARTS) or cell.startswith("'")
    assert cell.replace("'", "") == typed.replace("'", "")
    assert number == "-3"


def test_a_table_keeps_numbers_lines_and_letters_of_all_scripts():
    rows = [["שלום, «Ö»", 18.5, None], ['He said "two\nlines"', -4, 7]]

    content = table(["words", "value", "total"], rows)

    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [
        ["words", "value", "total"],
        ["שלום, «Ö»", "18.5", ""],
        ['He said "two\nlines"', "-4", "7"],
    ]


def test_a_bundle_is_a_folder_of_files():
    content = bundle({"a.csv": b"one", "b.csv": b"two"}, NOW)

    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        assert folder.testzip() is None
        assert {one.filename: folder.read(one) for one in folder.infolist()} == {
            "a.csv": b"one",
            "b.csv": b"two",
        }
