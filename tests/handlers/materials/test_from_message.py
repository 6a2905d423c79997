"""Save as material: the links and files of a message, without opening or copying any."""

import pytest

from handlers.blocks.materials.ids import SAVE_MESSAGE
from handlers.materials.from_message import found_in
from tests.handlers.materials.saving_steps import answer, field, kept, submits

pytestmark = pytest.mark.usefixtures("good_manners")


async def takes(person, world, text: str, channel: str = "math-circle", **more) -> dict:
    """Let somebody write, and this person save the message; return the form that opens."""
    await world.slack.person("UBEN").types(channel, text, **more)
    message = world.slack.person("UBEN").channel(channel).messages[-1]
    await person.uses_shortcut(SAVE_MESSAGE, message=message, channel=channel)
    await world.settled()
    return person.top_view


async def test_the_only_link_of_a_message_is_in_the_form(ana, world, circle):
    form = await takes(ana, world, "Look: https://example.org/fraction-talk")

    await submits(ana, world, form, title="Fraction talk")

    [material] = await kept(world)
    assert field(form, "url") == "https://example.org/fraction-talk"
    assert (material.owner_id, material.source_channel_id) == ("UANA", "CMATHCIRCLE")
    assert material.source_ts is not None


async def test_of_several_links_and_files_one_is_chosen(ana, ben, world, circle):
    file = await ben.uploads("Rubric talk.pptx", b"slides")
    text = "https://example.org/a and https://example.org/b and https://example.org/a#top"
    form = await takes(ana, world, text, files=(file.id,))
    [select] = [block for block in form["blocks"] if block.get("block_id") == "choice"]
    labels = [option["text"]["text"] for option in select["element"]["options"]]

    await submits(ana, world, form, choice="2")

    [material] = await kept(world)
    assert labels == ["example.org/a", "example.org/b", "Rubric talk.pptx"]
    assert (material.file_id, material.title) == (file.id, "Rubric talk")
    assert material.url is None


async def test_a_message_without_anything_to_keep_is_answered(ana, world, circle):
    form = await takes(ana, world, "Good morning")

    assert form is None
    assert "no link or file" in answer(ana)


async def test_a_file_that_the_communitys_channel_does_not_have_is_named(ana, ben, world, circle):
    file = await ben.uploads("rubric.pdf", b"%PDF")

    form = await takes(ana, world, "Here", channel="staff-lounge", files=(file.id,))

    assert "“rubric.pdf” is not in #math-circle" in form["blocks"][1]["text"]["text"]


def test_what_slack_shows_of_a_page_names_its_link():
    message = {
        "text": "<https://example.org/a?x=1&amp;y=2> <mailto:ben@example.org|ben@example.org>",
        "attachments": [
            {"from_url": "https://example.org/a?x=1&y=2", "title": "A lesson on\nfractions"},
            {"from_url": "https://school.slack.com/archives/C1/p1", "is_msg_unfurl": True},
        ],
        "files": [
            {"id": "F0GONE", "name": "old.pdf", "mode": "tombstone"},
            {
                "id": "F0DOC",
                "title": "Plan",
                "is_external": True,
                "url_private": "https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPq/edit",
            },
        ],
    }

    found, reasons = found_in(message)

    assert [one.get("title") for one in found] == ["A lesson on fractions", "Plan"]
    assert [one["url"] for one in found] == [
        "https://example.org/a?x=1&y=2",
        "https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPq/edit",
    ]
    assert found[0]["kind"] == "lesson"
    assert reasons == []


def test_links_that_cannot_be_kept_are_left_out_with_the_reason():
    named = "<https://example.org/b|example.org/b> <https://example.org/b|the rubric>"
    text = f"<http://localhost/a> {named}"

    found, reasons = found_in({"text": text})

    assert [(one["url"], one["title"]) for one in found] == [
        ("https://example.org/b", "the rubric")
    ]
    assert len(reasons) == 1
