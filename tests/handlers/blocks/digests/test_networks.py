"""How a network digest reads, and how leads set one up."""

from datetime import UTC, datetime

import pytest

from handlers.blocks.digests.ids import (
    NETWORK_BACK,
    NETWORK_END,
    NETWORK_FURTHER,
    NETWORK_PLAN,
    NETWORK_PREVIEW,
    NETWORK_SEE_ALL,
    NETWORKS,
)
from handlers.blocks.digests.items import phone_lines
from handlers.blocks.digests.network_forms import (
    network_button,
    network_ended,
    network_form,
    network_kept,
    network_list,
)
from handlers.blocks.digests.networks import (
    SCREEN,
    Chapter,
    fitting,
    network_blocks,
    network_missed,
    network_opening,
    network_preview,
    whole_network,
)
from handlers.blocks.hangouts.facts import phrase
from models.digests.network_news import NetworkNews
from tests.examples import NOW, a_community, a_network_digest
from tests.handlers.blocks.digests.test_weekly import LINK, SHOUT, a_digest, a_full_digest, lines
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown


def news(*digests, **traits):
    return NetworkNews(network=a_network_digest(id=7, **traits), at=NOW, chapters=digests)


def full(name, many=1, number=1, **traits):
    """Return a chapter with so many things of each kind, of a community of that name."""
    digest = a_full_digest(many, **traits)
    digest.community.name, digest.community.id = name, number
    # Elsewhere no thanks are told of.
    return a_digest(**vars(digest) | {"thanks": (), "receivers": {}, "is_elsewhere": True})


def test_the_opening_adds_up_what_there_is_without_comparing_anybody():
    assert network_opening(news(full("Math", 2), full("Science"))).text == (
        "This week in North schools: three open questions, two hangouts, three pilots shared, "
        "three new materials."
    )


def test_a_community_has_its_name_and_a_few_lines_of_which_each_leads_to_its_message():
    drawn = sent(network_blocks(news(full("Math"))))

    opening, name, *_ = drawn["text"].split("\n")
    assert opening.startswith("This week in North schools")
    assert name == "Math"
    question, hangout, pilot = lines(drawn)
    assert question == "Open question: Quiet students · Ana, Monday"
    assert hangout.endswith("one of two seats to present free")
    assert pilot.startswith("Pilot: Exit ticket")
    assert str(drawn["blocks"]).count(LINK) == 1
    assert buttons(drawn) == [(NETWORK_SEE_ALL, "7:2026-11-16:0")]


def test_several_stand_in_one_block_which_a_phone_shows_without_gaps():
    drawn = sent(network_blocks(news(full("Math"), full("Science"))))

    assert [block["type"] for block in drawn["blocks"]] == ["rich_text", "rich_text", "actions"]
    said = drawn["text"].split("\n")
    assert said.index("Math") < said.index("Science")
    assert len(lines(drawn)) == 4


def test_open_questions_come_first_and_without_a_rest_there_is_no_button():
    few = a_digest(questions=full("Math", 3).questions, community=a_community(id=1, name="Math"))

    drawn = sent(network_blocks(news(few)))

    assert len(lines(drawn)) == 3
    assert buttons(drawn) == []


@pytest.mark.parametrize("many", [1, 2, 3, 7, 30])
def test_however_many_communities_it_fits_one_screen_and_names_the_others(many):
    chapters = [full(f"Circle {number:02}", 9, number, title=SHOUT) for number in range(many)]

    drawn = sent(network_blocks(news(*chapters, name=SHOUT[:80])))

    # The name alone is longer than a line.
    plain = [line.removeprefix("• ") for line in drawn["text"].split("\n")]
    assert len(plain) <= SCREEN
    assert buttons(drawn)[-1][0] == NETWORK_SEE_ALL
    assert ("Also news from" in drawn["text"]) is (many > 3)


def test_each_has_its_first_line_before_another_has_its_second():
    long, short = phrase("x" * 60), phrase("y")
    chapters = [Chapter("Arts", [short, short, short]), Chapter("Math", [long, short])]

    shown_there = fitting(chapters, 6)

    assert [len(one.lines) for one in shown_there.values()] == [2, 1]
    assert sum(phone_lines(line) for one in shown_there.values() for line in one.lines) + 2 == 6


def test_for_whom_there_is_no_room_some_is_kept_for_their_names():
    chapters = [Chapter(name, [phrase("y"), phrase("z")]) for name in ("Arts", "Math", "Science")]

    assert list(fitting(chapters, 5)) == [0]
    assert list(fitting(chapters, 6)) == [0, 1, 2]


def test_all_of_it_is_shown_in_pages_under_the_names_and_two_of_one_name_keep_apart():
    every = news(full("Math", 2), full("Math", 2, 2))
    every.chapters[1].community.channel_name = "math-two"

    first, second = (sent(whole_network(every, "2026-11-16", page)) for page in (0, 9))

    assert "Math (#math-circle)" in first["text"]
    assert "Math (#math-two)" in second["text"]
    assert buttons(first) == [(NETWORK_FURTHER, "7:2026-11-16:1")]
    assert buttons(second) == [(NETWORK_BACK, "7:2026-11-16:0")]


def test_a_preview_says_when_it_comes_and_that_nothing_would_without_news():
    empty, filled = sent(network_preview(news())), sent(network_preview(news(full("Math"))))

    assert "There is nothing new in North schools" in empty["text"]
    assert "This would be posted now. Nobody else sees it." in filled["text"]
    assert buttons(filled) == [(NETWORK_SEE_ALL, "7::0")]
    for one in (empty, filled):
        assert "The next one comes on Friday 20 November 2026, 14:00 (America/Denver)." in str(
            one["text"]
        )


def test_a_new_one_is_offered_for_all_communities_by_the_clocks_of_its_lead():
    offered = [a_community(id=1), a_community(id=2, name="N" * 80)]

    form = shown(network_form(None, offered, "Europe/Berlin"))

    chosen = fields(form)["community_ids"]
    assert [one["value"] for one in chosen["initial_options"]] == ["all"]
    assert [len(one["options"]) for one in chosen["option_groups"]] == [1, 2]
    assert fields(form)["weekday"]["initial_option"]["text"]["text"] == "Monday"
    assert "By your own clocks, those of Europe/Berlin." in str(form)


def test_what_was_chosen_stands_in_the_form_without_those_that_are_private_by_now():
    network = a_network_digest(id=7, community_ids=[2, 9])

    form = shown(network_form(network, [a_community(id=1), a_community(id=2)], "Europe/Berlin"))

    assert fields(form)["name"]["initial_value"] == "North schools"
    assert fields(form)["channel_id"]["initial_conversation"] == "C0NETWORK"
    chosen = fields(form)["community_ids"]["initial_options"]
    assert [one["value"] for one in chosen] == ["2"]
    assert fields(form)["at"]["initial_time"] == "14:00"
    assert "By the clocks of America/Denver" in str(form)


def test_a_very_large_network_has_its_communities_in_several_groups():
    offered = [a_community(id=number, channel_id=f"C{number}") for number in range(1, 251)]

    groups = fields(shown(network_form(None, offered, None)))["community_ids"]["option_groups"]

    assert [len(one["options"]) for one in groups] == [1, 100, 100, 50]


def test_the_list_says_what_each_sums_up_and_how_to_change_or_end_it():
    both = [a_network_digest(id=7), a_network_digest(id=8, name=SHOUT[:80], community_ids=[2, 9])]

    drawn = sent(network_list(both, {1: "Math", 2: "<!here> Arts"}))

    assert "Each Friday at 14:00 (America/Denver)." in drawn["text"]
    assert "It sums up all open communities, also those to come." in drawn["text"]
    assert "It sums up &lt;!here&gt; Arts." in drawn["text"]
    ids = [NETWORK_PLAN, NETWORK_PREVIEW, NETWORK_END]
    assert buttons(drawn) == [
        *((one, "7") for one in ids),
        *((one, "8") for one in ids),
        (NETWORK_PLAN, ""),
    ]


def test_many_are_listed_as_far_as_anybody_reads_and_slack_takes():
    drawn = sent(network_list([a_network_digest(id=number) for number in range(40)], {}))

    assert "There are more" in drawn["text"]


def test_a_lead_reads_what_holds_from_now_on():
    kept, ended = (
        sent(network_kept(a_network_digest(id=7))),
        sent(network_ended(a_network_digest(id=7, next_at=None))),
    )

    assert "Kept. Each Friday at 14:00 (America/Denver)." in kept["text"]
    assert buttons(kept) == [(NETWORK_PREVIEW, "7"), (NETWORK_PLAN, "7")]
    assert "North schools comes no more." in ended["text"]
    assert network_button().action_id == NETWORKS


def test_of_a_missed_one_its_lead_reads_when_its_news_comes():
    friday = datetime(2026, 11, 13, 21, tzinfo=UTC)

    drawn = sent(network_missed(a_network_digest(id=7), friday))

    assert "North schools could not come on Friday 13 November" in drawn["text"]
    assert "the next one, on Friday 20 November 2026, 14:00 (America/Denver), has it" in str(
        drawn["text"]
    )
    assert (NETWORK_PREVIEW, "7") in buttons(drawn)
