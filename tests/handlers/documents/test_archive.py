"""The archive as a document and as tables: whole, readable, without a name where none was given."""

import csv
import io
import zipfile

from handlers.documents.archive import archive_page
from handlers.documents.archive_tables import archive_tables
from models.archive.collecting import collect
from tests.examples import NOW
from tests.handlers.documents.reading import Document
from tests.models.archive.keeping import SECRET, a_circle, fill, the_people

HARM = '=<script>alert(1)</script>"'


async def archive_of(db, **change):
    """Return the archive of a circle where everything was done; `change` is of its rubric."""
    circle, lounge = await a_circle(db), await a_circle(db, channel_id="C0LOUNGE")
    await the_people(db)
    await fill(db, circle, lounge)
    async with db() as session:
        archive = await collect(session, circle, NOW)
    [rubric] = [one for one in archive.materials.materials if one.title != "Remix"]
    for name, value in change.items():
        setattr(rubric, name, value)
    return archive


def tables_in(content):
    """Return each table of the ZIP file as rows by column, by the table's name."""
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        files = {name: folder.read(name).decode("utf-8-sig") for name in folder.namelist()}
    return {
        name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in files.items()
    }


async def test_the_document_has_a_chapter_for_each_kind_of_thing(db):
    document = Document(archive_page(await archive_of(db)))

    assert document.is_of_its_own
    assert [words for tag, words in document.headings if tag in ("h1", "h2")] == [
        "Math circle: archive",
        "Problems of practice",
        "Hangouts",
        "Pilots",
        "Practices on the menu",
        "Materials",
        "Thanks",
    ]
    for said in (
        "Write first.",
        "Pairs before groups.",
        "Five seconds.",
        "17 Nov: 18 of 26",
        "For November.",
        "Take two lessons.",
        "Ana thanks Ben",
        "seconded by Chris",
    ):
        assert said in document.words


async def test_nobody_finds_a_secret_in_it(db):
    archive = await archive_of(db)

    document = Document(archive_page(archive))
    tables = tables_in(archive_tables(archive))

    assert SECRET not in document.words
    assert SECRET not in str(tables)
    _, _, after = document.words.partition("Nameless")
    assert after.strip().startswith("A colleague\u00a0·")
    assert {one["by"] for one in tables["problems.csv"]} == {"Ana", "a colleague"}


async def test_a_link_leads_to_the_web_or_nowhere(db):
    address = "https://example.org/?a=1&b=\"2'"
    good = Document(archive_page(await archive_of(db, url=address)))

    assert address in good.links


async def test_a_forged_link_is_only_words(db):
    document = Document(archive_page(await archive_of(db, url="javascript:alert(1)", title=HARM)))

    assert HARM in document.words
    assert [one for one in document.links if "javascript" in one] == []
    assert document.is_of_its_own


async def test_the_tables_belong_together_and_run_nothing(db):
    tables = tables_in(archive_tables(await archive_of(db, title=HARM, minutes=20)))

    assert {name: len(rows) for name, rows in tables.items()} == {
        "problems.csv": 2,
        "hangouts.csv": 1,
        "pilots.csv": 1,
        "observations.csv": 1,
        "materials.csv": 2,
        "thanks.csv": 1,
    }
    [pilot], [observation] = tables["pilots.csv"], tables["observations.csv"]
    assert observation["pilot"] == pilot["number"]
    assert (observation["value"], observation["total"]) == ("18.0", "26")
    [rubric] = [one for one in tables["materials.csv"] if one["title"] != "Remix"]
    assert rubric["title"] == f"'{HARM}"
    assert rubric["minutes"] == "20"
    assert rubric["built on"] == ""
    assert rubric["how it went"] == "Chris: Take two lessons."
