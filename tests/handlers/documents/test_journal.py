"""The journal as a document: sorted, readable, complete, and of its own."""

import csv
import io

from handlers.documents.journal import COLUMNS, journal_page, journal_table
from models.thanks.journal import Journal
from tests.examples import ANA, BEN, CHRIS, DAY, NAMES, NOW, a_member, a_thanks
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.documents.reading import Document

REASON = "Covered for me"


def a_journal():
    """Return what Ana received, from Ben with a reason and from Chris without, and gave to Ben."""
    from_ben = a_thanks(
        id=1, giver_id=BEN, reason=REASON, is_private=True, thanked_at=NOW - 3 * DAY
    )
    from_chris = a_thanks(id=2, giver_id=CHRIS, text="Well said.", effect=None)
    to_ben = a_thanks(id=3, giver_id=ANA, text="the rubric", effect="my Friday\nwas free")
    return Journal(
        received=[from_ben, from_chris],
        given=[to_ben],
        receivers={1: [ANA], 2: [BEN, ANA], 3: [BEN]},
        names=NAMES,
    )


def ana():
    return a_member(ANA, tz="America/Denver")


def test_it_reads_by_reason_and_says_who_when_and_what_is_private():
    document = Document(journal_page(a_journal(), ana(), NOW))

    assert [heading for _, heading in document.headings] == [
        "Kind words, kept for Ana",
        "What you received",
        REASON,
        "Other kind words",
        "What you gave",
    ]
    lines = [line for line in document.words.split("\n") if line]
    assert "For covering my class — because I could be with my son" in lines
    assert "Ben\u00a0· 14 November 2026\u00a0· in private" in lines
    assert "Well said." in lines
    assert "Chris, to you and Ben\u00a0· 17 November 2026" in lines
    assert "was free" in lines
    assert "To Ben\u00a0· 17 November 2026" in lines


def test_it_opens_from_anywhere_and_loads_nothing():
    document = Document(journal_page(a_journal(), ana(), NOW))

    assert document.is_of_its_own
    assert document.language == "en"


def test_what_colleagues_typed_is_shown_and_never_run():
    harm = f"<script>alert(1)</script> {{{{ 7 * 7 }}}} </style> {NASTY}"
    nasty = a_thanks(id=1, giver_id=BEN, text=harm, effect=harm, reason=harm[:40])
    names = {BEN: harm, ANA: harm}
    journal = Journal(received=[nasty], given=[], receivers={1: [ANA]}, names=names)

    document = Document(journal_page(journal, a_member(ANA, name=harm), NOW))

    assert document.is_of_its_own
    assert document.words.count(harm) == len(["the title", "text", "effect", "the giver"])


def test_it_has_no_empty_halves():
    one = a_thanks(id=1, giver_id=ANA)
    journal = Journal(received=[], given=[one], receivers={1: [BEN]}, names={})

    document = Document(journal_page(journal, a_member(ANA, name=None), NOW))

    headings = [heading for _, heading in document.headings]
    assert headings == ["Kind words, kept for You", "What you gave"]
    assert "To a colleague" in document.words


def test_the_table_has_a_row_for_each_and_runs_nothing():
    journal = a_journal()
    journal.received[0].text = "=1+1"

    content = journal_table(journal, ana()).decode("utf-8-sig")

    first, *rows = csv.reader(io.StringIO(content, newline=""))
    assert tuple(first) == COLUMNS
    effect, private = "I could be with my son", "giver and receivers"
    assert rows == [
        ["received", "2026-11-14", "Ben", "Ana", "'=1+1", effect, REASON, private],
        ["received", "2026-11-17", "Chris", "Ben, Ana", "Well said.", "", "", "the community"],
        [
            "given",
            "2026-11-17",
            "Ana",
            "Ben",
            "the rubric",
            "my Friday\nwas free",
            "",
            "the community",
        ],
    ]
