"""The thanks and the materials of the example, most of them in public."""

from bot.demo.story.happenings import Happening, school_day
from bot.demo.story.sharing import (
    Attaches,
    Chooses,
    Remixes,
    Saves,
    Seconds,
    Showers,
    Thanks,
    ThanksFor,
    Uses,
    WritesNote,
)

CIRCLE, LAB = "math-circle", "science-lab"

THANKS: list[Happening] = [
    ThanksFor(
        "Grace",
        school_day(19, "15:50"),
        CIRCLE,
        ("Ben",),
        {
            "text": "for covering my third period",
            "effect": "I could be with my son",
            "reason": "Covered for me",
        },
    ),
    Seconds("Elena", school_day(19, "16:05"), CIRCLE),
    Thanks(
        "Ana",
        school_day(11, "15:55"),
        CIRCLE,
        "@Chris @Farid for showing the slips as they were, because now I dare to show mine",
    ),
    Thanks(
        "Elena",
        school_day(9, "16:10"),
        CIRCLE,
        "private @Grace for listening on a Monday when nothing worked",
    ),
    ThanksFor(
        "Chris",
        school_day(5, "12:35"),
        CIRCLE,
        ("Ana",),
        {
            "text": "for the question about the first five minutes",
            "effect": "it was the one I needed",
            "reason": "Asked a good question",
        },
    ),
    Seconds("Farid", school_day(5, "12:50"), CIRCLE, with_emoji="clap"),
    Thanks(
        "Kofi",
        school_day(4, "14:20"),
        LAB,
        "@Ines for the lab cards with a drawing, because my students began without asking me",
    ),
    Showers(
        "Ben", school_day(4, "12:10"), CIRCLE, "Elena", "who moves to Aspen after the holidays", 1
    ),
    WritesNote(
        "Ana", school_day(4, "12:40"), "for never laughing at a question, mine least of all"
    ),
    WritesNote("Chris", school_day(4, "13:05"), "for every sentence starter I use"),
    Chooses("Ben", school_day(2, "16:20"), CIRCLE, {"prompt_weekday": "4", "prompt_at": "12:00"}),
]

MATERIALS: list[Happening] = [
    Saves(
        "Elena",
        school_day(18, "15:45"),
        CIRCLE,
        "https://docs.example.org/sentence-starters Sentence starters for feedback",
        {
            "kind": "lesson",
            "topics": "peer feedback, discussion",
            "subject": "math",
            "grades": "9-11",
            "minutes": "10",
            "note": "Three starters fit on the board. Best while they still hold the pencil.",
        },
    ),
    Saves(
        "Chris",
        school_day(16, "15:50"),
        CIRCLE,
        "https://example.org/exit-ticket-slips Exit ticket slips, six a page",
        {
            "kind": "rubric",
            "topics": "exit tickets, proportions",
            "subject": "math",
            "grades": "7",
            "minutes": "5",
            "circle": "network",
        },
    ),
    Attaches("Chris", school_day(15, "15:55"), "Exit ticket slips", "Exit tickets"),
    Uses(
        "Ana",
        school_day(8, "15:30"),
        "Exit ticket slips",
        "Period 3 filled in the slips without asking what to do.",
    ),
    Saves(
        "Ines",
        school_day(10, "15:20"),
        LAB,
        "https://videos.example.org/density-lab A density lab in four minutes",
        {
            "kind": "video",
            "topics": "density, labs",
            "subject": "science",
            "grades": "8",
            "circle": "network",
            "note": "The part with the drawing begins at 1:40.",
        },
    ),
    Remixes(
        "Farid",
        school_day(6, "16:30"),
        "Sentence starters for feedback",
        {
            "url": "https://docs.example.org/sentence-starters-grade-8",
            "title": "Sentence starters for grade 8, with pictures",
            "grades": "8",
            "note": "Each starter has a small drawing; the ones who read slowly begin as well.",
        },
    ),
]

STORY: list[Happening] = [*THANKS, *MATERIALS]
