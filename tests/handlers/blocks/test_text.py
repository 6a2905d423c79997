"""What members typed is shown as they typed it, and nobody is called by it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks.text import day, escape, excerpt, fit, paragraph, said, unescape, when
from tests.examples import DAY, NOW


def shown(text):
    """Return what a reader sees of a member's text: texts as they are, links as addresses."""
    return "".join(piece.to_dict().get("url") or piece.to_dict()["text"] for piece in said(text))


def links(text):
    return [piece.to_dict()["url"] for piece in said(text) if piece.to_dict()["type"] == "link"]


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> <!here> <@U0BEN> <#C1> @channel",
        "*bold* _it_ ~s~ `code` ```block```",
        "> a quote\n&gt; and &amp; <b>tags</b>",
        "שלום مرحبا 👩‍👩‍👧",
        "Robert'); DROP TABLE problems;--",
        "see https://example.org/a?b=c#d, or (http://example.org).",
    ],
)
def test_what_was_typed_is_shown_faithfully(text):
    assert shown(text) == text


def test_what_was_typed_holds_no_mention_and_no_broadcast():
    pieces = paragraph(*said("<!channel> <@U0BEN> @here")).to_dict()["elements"][0]["elements"]

    assert {piece["type"] for piece in pieces} == {"text"}


def test_web_addresses_become_links_without_the_sentence_around_them():
    text = "See https://example.org/rubric. (Or HTTP://example.org/b)! But not javascript:alert(1)"

    assert links(text) == ["https://example.org/rubric", "HTTP://example.org/b"]


def test_a_bare_scheme_is_no_link():
    assert links("https://... and http://") == []


@given(st.text(st.sampled_from("ab https://.<>|&*_`\n@"), max_size=200))
def test_any_text_is_shown_as_it_is(text):
    assert shown(text) == text


def test_markup_of_slack_is_read_as_plain_characters():
    text = (
        "&lt;b&gt; &amp; <@U0BEN|ben> <@U0ANA> <@U0X> <#C1|math> <#C2|> <!channel> <!here|here> "
        "<!subteam^S1|@math-team> <!subteam^S1> <https://x.org/a?b&amp;c|label> <https://y.org> "
        "<mailto:a@b.org|a@b.org>"
    )

    assert unescape(text, {"U0ANA": "Ana"}) == (
        "<b> & @ben @Ana @someone #math #channel @channel here "
        "@math-team @subteam https://x.org/a?b&c https://y.org a@b.org"
    )


def test_other_entities_were_typed_as_such():
    assert unescape("&eacute; &amp;lt; &#60;") == "&eacute; &lt; &#60;"


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text):
    assert unescape(escape(text)) == text


def test_a_moment_falls_back_to_the_communitys_zone_by_name():
    assert when(NOW, "America/Denver") == (
        f"<!date^{int(NOW.timestamp())}^{{date_long}} at {{time}}|"
        "Tuesday 17 November 2026, 09:00 (America/Denver)>"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Tuesday"), (6, "Tuesday"), (7, "Tuesday 17 November"), (60, "Tuesday 17 November 2026")],
)
def test_a_weekday_alone_is_within_the_last_week(days, words):
    assert day(NOW, "America/Denver", NOW + days * DAY) == words


def test_a_day_is_that_of_the_zone():
    midnight_in_london = datetime(2026, 11, 18, 0, 30, tzinfo=UTC)

    assert day(midnight_in_london, "America/Denver", midnight_in_london) == "Tuesday"


def test_an_excerpt_is_one_line_cut_between_words():
    assert excerpt("Exit tickets\n nobody  reads", 30) == "Exit tickets nobody reads"
    assert excerpt("Exit tickets, nobody reads", 16) == "Exit tickets…"
    assert excerpt("x" * 100, 10) == "x" * 9 + "…"


@pytest.mark.parametrize("part", ["&amp;", "<@U0BEN>", "a"])
@pytest.mark.parametrize("shift", range(8))
def test_a_long_text_is_cut_between_its_parts(part, shift):
    text = "-" * shift + part * 4000

    kept = fit(text).removesuffix("…")

    assert 3980 < len(kept) <= 4000
    assert (len(kept) - shift) % len(part) == 0
