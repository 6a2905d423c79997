"""What members fill in arrives by the names of the fields."""

from datetime import UTC, date, datetime, time

import pytest

from handlers.blocks.forms import YES, TextField, TickField, carried, carried_by, read_form


def a_view(**answers):
    values = {field: {field: element} for field, element in answers.items()}
    return {"state": {"values": values}}


@pytest.mark.parametrize(
    ("element", "answer"),
    [
        ({"type": "plain_text_input", "value": " Exit\x00 tickets "}, "Exit tickets"),
        ({"type": "plain_text_input", "value": " \u200b "}, None),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "number_input", "value": "18"}, "18"),
        ({"type": "url_text_input", "value": "https://example.org"}, "https://example.org"),
        ({"type": "static_select", "selected_option": {"value": "7"}}, "7"),
        ({"type": "static_select", "selected_option": None}, None),
        ({"type": "external_select", "selected_option": {"value": "UTC"}}, "UTC"),
        ({"type": "radio_buttons", "selected_option": {"value": "adopt"}}, "adopt"),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"type": "checkboxes", "selected_options": []}, []),
        ({"type": "multi_static_select", "selected_options": [{"value": "a"}]}, ["a"]),
        ({"type": "users_select", "selected_user": "U0BEN"}, "U0BEN"),
        ({"type": "channels_select", "selected_channel": "C1"}, "C1"),
        ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
        ({"type": "multi_users_select", "selected_users": ["U0BEN"]}, ["U0BEN"]),
        ({"type": "multi_users_select", "selected_users": None}, []),
        ({"type": "multi_conversations_select", "selected_conversations": ["C1"]}, ["C1"]),
        ({"type": "multi_channels_select", "selected_channels": ["C1"]}, ["C1"]),
        ({"type": "datepicker", "selected_date": "2026-11-17"}, date(2026, 11, 17)),
        ({"type": "datepicker", "selected_date": None}, None),
        ({"type": "timepicker", "selected_time": "16:00"}, time(16)),
        (
            {"type": "datetimepicker", "selected_date_time": 1795017600},
            datetime(2026, 11, 18, 16, 0, tzinfo=UTC),
        ),
        ({"type": "datetimepicker", "selected_date_time": 10**18}, None),
        ({"type": "datetimepicker", "selected_date_time": "soon"}, None),
        ({"type": "datepicker", "selected_date": "2027-02-29"}, None),
        ({"type": "timepicker", "selected_time": "25:00"}, None),
        ({"type": "file_input", "files": [{"id": "F1"}]}, ["F1"]),
    ],
)
def test_each_kind_of_field_gives_its_answer(element, answer):
    assert read_form(a_view(field=element)) == {"field": answer}


def test_a_view_without_fields_gives_no_answers():
    assert read_form({"state": {"values": {}}}) == {}
    assert read_form({}) == {}


def test_a_form_carries_small_facts_and_brings_them_back():
    metadata = carried(problem_id=7, source=None, channel_id="C1")

    assert carried_by({"private_metadata": metadata}) == {"problem_id": 7, "channel_id": "C1"}


@pytest.mark.parametrize("metadata", ["", None, "{", "[]", "7", "\x00"])
def test_forged_facts_are_no_facts(metadata):
    assert carried_by({"private_metadata": metadata}) == {}


def test_what_was_typed_before_stands_in_the_field():
    field = TextField(name="title", label="Title", max_length=10, placeholder="Exit tickets")

    drawn = field.drawn("0123456789ABC").to_dict()

    assert (drawn["block_id"], drawn["element"]["action_id"]) == ("title", "title")
    assert drawn["element"]["initial_value"] == "0123456789"
    assert "initial_value" not in field.drawn(None).to_dict()["element"]


def test_a_box_that_was_ticked_stays_ticked():
    field = TickField(name="without_name", label="Your name", choice="Post without my name")

    ticked = field.drawn(is_ticked=True).to_dict()["element"]

    assert [option["value"] for option in ticked["initial_options"]] == [YES]
    assert "initial_options" not in field.drawn().to_dict()["element"]
