"""The archive's files have names one knows them by, and words that say what they are."""

import pytest

from handlers.blocks.materials.archiving import (
    archive_button,
    archive_document,
    archive_promised,
    archive_tables_file,
)
from models.archive.contents import (
    Archive,
    Hangouts,
    Materials,
    MenuShown,
    Pilots,
    Problems,
    PublicThanks,
)
from tests.examples import NOW, a_community
from tests.handlers.blocks.problems.drawings import NASTY, drawn

NOTHING = {
    "problems": Problems(problems=[], consultancies={}),
    "hangouts": Hangouts(hangouts=[], consultancies={}),
    "pilots": Pilots(pilots=[], values={}),
    "menu": MenuShown(),
    "materials": Materials(materials=[], additions={}, uses={}, origins={}),
    "thanks": PublicThanks(thanks=[], receivers={}, seconders={}),
}


def an_archive(**traits):
    return Archive(community=a_community(**traits), made_at=NOW, names={}, **NOTHING)


@pytest.mark.parametrize(
    ("channel_name", "name"),
    [
        ("math-circle", "math-circle-archive-2026-11-17"),
        ("../кружок & co", "кружок-co-archive-2026-11-17"),
        ("🙂", "community-archive-2026-11-17"),
    ],
)
def test_a_file_is_named_after_its_channel_and_day(channel_name, name):
    archive = an_archive(channel_name=channel_name)

    assert archive_document(archive, b"").file.name == f"{name}.html"
    assert archive_tables_file(archive, b"").file.name == f"{name}.zip"


def test_what_is_said_beside_them_formats_nothing():
    archive = an_archive(name=NASTY[:80])

    said = archive_document(archive, b"").text

    assert "<!channel>" not in said
    assert "all that is public there" in said
    drawn(archive_promised(archive.community))


def test_the_button_names_its_community():
    button = archive_button(a_community(id=7)).to_dict()

    assert button["value"] == "7"
