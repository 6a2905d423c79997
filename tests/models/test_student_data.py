"""What may tell who a student is gets noticed, and everyday school words do not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.student_data import Kind, suspicions


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("Today my student Maria Lopez won't talk", "my student Maria Lopez"),
        ("Two weeks ago my quiet student José Álvarez left", "my quiet student José Álvarez"),
        ("It is my student Quanah who worries me", "my student Quanah"),
        ("One of my students, Keisha, said it", "my students, Keisha"),
        ("There is a student named maria in period 2", "student named maria"),
        ("The boy called Jamal hides", "boy called Jamal"),
        ("My Student Maria Lopez Won't Talk", "Student Maria Lopez"),
        ("Student: Quanah Parker", "Student: Quanah Parker"),
        ("I mean Jane D. in my class", "Jane D. in my class"),
        ("Qiang W. from my 4th period", "Qiang W. from my 4th period"),
        ("Maria Lopez in my third period", "Maria Lopez in my third period"),
        ("I met the parents of Maria Lopez", "parents of Maria Lopez"),
        ("Then Jamal’s mom called", "Then Jamal’s mom"),
        ("Quanah Parker's mother called", "Quanah Parker's mother"),
        ("Today my students Jason and Mia argued", "my students Jason"),
        ("Jason M. refuses to write", "Jason M."),
    ],
)
def test_a_student_may_be_named(text, excerpt):
    [suspicion] = suspicions(text)

    assert (suspicion.kind, suspicion.excerpt) == (Kind.NAME, excerpt)


@pytest.mark.parametrize(
    "text",
    [
        "48213",
        "Student ID 4821",
        "ID: A4821",
        "student number: 4821",
        "S1234567",
        "123-45-6789",
        "born 04/12/2010",
    ],
)
def test_a_number_may_be_a_students(text):
    [suspicion] = suspicions(f"It is {text}, I think")

    assert (suspicion.kind, suspicion.excerpt) == (Kind.NUMBER, text)


@pytest.mark.parametrize(
    "text",
    [
        "(303) 555-0142",
        "303-555-0142",
        "555-123-4567",
        "303.555.4000",
        "3035550142",
        "+1 303 555 0142",
        "555-0142",
        "+49 170 1234567",
        "0170/1234567",
        "020 7946 0958",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+52 55 1234 5678",
        "+91 98765 43210",
    ],
)
def test_phone_numbers_of_many_countries_are_noticed(text):
    [suspicion] = suspicions(f"Call {text} after school")

    assert (suspicion.kind, suspicion.excerpt) == (Kind.PHONE, text)


def test_an_email_address_is_noticed():
    [suspicion] = suspicions("Write to jane.d+math@students.example.org, please")

    assert suspicion.kind == Kind.EMAIL
    assert suspicion.excerpt == "jane.d+math@students.example.org"


@pytest.mark.parametrize(
    "text",
    [
        "My student teacher is great",
        "My Student Teacher Needs Help",
        "My students Friday were tired",
        "I saw my student Friday",
        "Our student Council votes",
        "My student IEP meeting is long",
        "Is our student Portfolio any use?",
        "My students, Spanish speakers mostly, wait",
        "A student called out in class",
        "A student called Mr. Smith over",
        "Two students named three reasons",
        "Grade 9 Math",
        "Exit Tickets in my class",
        "Sentence Starters in my period 3 class",
        "Socratic Seminar in my class",
        "Google Classroom in my class",
        "Algebra I in my class",
        "Period C in my class",
        "Parents of English Learners",
        "The parents of Seniors came",
        "The School's parents met on Monday's parents' evening",
        "Happy Mother's Day",
        "My students Grace and poise",
        "John F. Kennedy wrote it",
    ],
)
def test_school_words_with_capitals_name_nobody(text):
    assert suspicions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "18 of 26 students, 69 %",
        "a $12,000 grant, or 1,200,000 of them",
        "100000 students wrote 20000 words",
        "the 2025-2026 plan, school year 2024-25",
        "on 2026-03-02 from 12:30-13:15, or 4/5/2026, or 20260302",
        "Room 10234, pages 123-1456, grades 6-8",
        "3.14159265 and CCSS.MATH.8.F.1",
        "https://docs.example.org/d/123456789",
        "85 90 72 88 91",
        "1 2 3 4 5 6 7 8 9 10",
        "978-0-13-235088-4",
        "Denver, CO 80301",
        "Lexile 600-1200L",
    ],
)
def test_everyday_numbers_name_nobody(text):
    assert suspicions(text) == []


def test_each_suspicious_piece_is_told_once_in_the_order_of_the_text():
    text = "48213 and my student Maria Lopez, 48213"

    assert [one.excerpt for one in suspicions(text)] == ["48213", "my student Maria Lopez"]


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_looked_at(text):
    for suspicion in suspicions(text):
        assert suspicion.excerpt.strip()


@pytest.mark.parametrize(
    "piece",
    ["a", "a-", "a'", "a@", "a.", "1", "1 ", "1,", "1.1.", "+1 ", "1 2 3 x ", "my student ", "Aa "],
)
def test_no_text_takes_long(piece):
    text = piece * (10_000 // len(piece))

    started = time.perf_counter()
    suspicions(text)

    assert time.perf_counter() - started < 1
