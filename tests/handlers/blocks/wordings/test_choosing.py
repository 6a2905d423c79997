"""How a community's own words look: nothing in them formats, links by stealth, or pings."""

import pytest

from handlers.blocks.digests.weekly import opening_of
from handlers.blocks.hangouts.cards import invitation
from handlers.blocks.hangouts.facts import Known, phrase
from handlers.blocks.thanks.customs import prompt_message
from handlers.blocks.wordings.choosing import (
    IN_TURNS,
    PLACES,
    preview_form,
    reword_form,
    wordings_list,
)
from handlers.blocks.wordings.filling import facts_of, filled, own_opening
from handlers.blocks.wordings.ours import our_words
from models.digests.digest import Digest
from models.hangouts.standings import HangoutStanding
from models.wordings.rewording import PLACEHOLDERS, TEXT_LENGTH, checked
from models.wordings.wording import Spot
from tests.examples import BEN, DAY, NOW, a_community, a_hangout, a_series
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

NASTY = "<!channel> *bold* <https://evil.example|our page> & @here {day}"
# Slack's limit for what a form carries along (slack-facts 1.3).
METADATA_AT_MOST = 3000
CIRCLE = a_community(id=3)
OURS = our_words(a_series(skills=["wait time"]))


@pytest.mark.parametrize("spot", Spot)
def test_our_own_words_can_be_kept_and_are_shown_as_they_look(spot):
    text = checked(spot, OURS[spot])

    form = shown(reword_form(CIRCLE, spot, None, OURS[spot]))
    preview = shown(preview_form(CIRCLE, spot, text))

    assert fields(form)["text"]["initial_value"] == text
    said = str(preview["blocks"])
    assert not [name for name in PLACEHOLDERS[spot] if "{" + name + "}" in said]


def test_the_list_offers_the_way_back_only_from_own_words():
    drawn = sent(wordings_list(CIRCLE, {Spot.DIGEST: "News: {news}"}, OURS))

    assert [action for action, _ in buttons(drawn)].count("wordings.ours") == 1
    assert "News: {news}" in drawn["text"]
    assert all(name in drawn["text"] for name in PLACES.values())


def test_own_words_are_said_exactly_and_call_nobody():
    said = filled(NASTY, {"day": "<@U1>"})

    drawn = sent(prompt_message(0, said))

    assert "&lt;!channel&gt;" in drawn["text"]
    assert "&lt;@U1&gt;" in drawn["text"]
    pieces = drawn["blocks"][0]["elements"][0]["elements"]
    assert {one["type"] for one in pieces} == {"text", "link"}
    assert [one for one in pieces if one["type"] == "link" and "text" in one] == []


@pytest.mark.parametrize(
    ("text", "has_heading"),
    [("Come on {day}, we try {skill}.", True), ("{when}: we try {skill}.", False)],
)
def test_an_invitation_says_when_it_is_also_in_words_that_do_not(text, has_heading):
    standing = HangoutStanding(hangout=a_hangout(id=1, skill="wait time"))
    known = Known(names={BEN: "Ben"})
    opening = own_opening(text, facts_of(standing, known, CIRCLE), phrase("heading"))

    drawn = sent(invitation(standing, known, NOW, opening))

    assert ("heading" in drawn["text"]) is has_heading
    assert "we try wait time." in drawn["text"]
    assert "<!date^" in drawn["text"] or has_heading


def test_a_hangout_without_a_skill_says_nothing_of_one():
    known, standing = (
        Known(names={BEN: "Ben"}),
        HangoutStanding(hangout=a_hangout(id=1, skill=None)),
    )
    facts = facts_of(standing, known, CIRCLE)
    for text, told in (("We meet. We try {skill}.", ["heading", "We meet."]), ("{skill}", [])):
        opening = own_opening(text, facts, phrase("heading"))

        assert [line.text for line in opening] == told


def test_where_nobody_leads_the_sentence_that_says_who_does_is_left_out():
    standing = HangoutStanding(hangout=a_hangout(id=1, facilitator_id=""))
    facts = facts_of(standing, Known(), CIRCLE)

    opening = own_opening("{day} we meet again, {host} leads. Come!", facts, phrase("heading"))

    assert [line.text for line in opening] == ["heading", "Come!"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{when}: we try {skill}.", "Where a hangout has no skill, I leave out"),
        ("{when}: {host} leads.", "Where a hangout has nobody to lead it, I leave out"),
        ("{host} tries {skill}.", "Where a hangout has no skill or nobody to lead it, I leave out"),
        ("{when}: come.", None),
    ],
)
def test_whoever_speaks_of_what_may_be_lacking_is_told_that_it_is_left_out(text, told):
    preview = str(shown(preview_form(CIRCLE, Spot.INVITATION, text))["blocks"][-1])

    assert ("I leave out" in preview) is (told is not None)
    assert (told or "") in preview


def test_that_our_weekly_question_changes_is_said_until_a_community_has_its_own():
    assert IN_TURNS in sent(wordings_list(CIRCLE, {}, OURS))["text"]
    assert IN_TURNS not in sent(wordings_list(CIRCLE, {Spot.PROMPT: "Whom?"}, OURS))["text"]
    assert IN_TURNS in str(shown(reword_form(CIRCLE, Spot.PROMPT, None, OURS[Spot.PROMPT])))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{news}", "Two open questions"),
        ("Good morning! {news}.", "Good morning! Two open questions."),
        ("Hello\n{news}", "Hello\nTwo open questions"),
        ("New in {community}: {news}", "New in #math-circle: two open questions"),
    ],
)
def test_what_begins_a_sentence_begins_large(text, told):
    facts = {"community": "#math-circle", "news": "two open questions"}

    assert filled(text, facts).text == told


def test_the_longest_words_of_nothing_but_emoji_fit_into_the_preview():
    preview = shown(preview_form(CIRCLE, Spot.DIGEST, "🎉" * TEXT_LENGTH))

    assert len(preview["private_metadata"]) <= METADATA_AT_MOST


def test_a_digest_begins_with_own_words():
    own = "Friday! In {community}: {news}"
    digest = Digest(community=CIRCLE, since=NOW - DAY, at=NOW, opening=own)

    assert opening_of(digest).text == "Friday! In #math-circle: nothing new so far"
