"""The hangouts of the math circle: two that were held, one that is coming."""

from bot.demo.story.happenings import (
    CannotCome,
    Comes,
    Happening,
    Leads,
    Notes,
    Plans,
    SaysTheyCame,
    TriedIt,
    WillTry,
    school_day,
)
from handlers.blocks.consultancies.pressing import FINISH, GO_ON, START

CIRCLE = "math-circle"

STORY: list[Happening] = [
    Plans(
        "Ben",
        school_day(24, "15:05"),
        CIRCLE,
        first=school_day(18, "16:00"),
        skills=("Wait time", "Exit tickets that fit on a card", "Peer feedback in two minutes"),
    ),
    Comes("Ana", school_day(20, "12:10"), CIRCLE),
    CannotCome("Hugo", school_day(20, "12:15"), CIRCLE),
    Leads("Ben", school_day(18, "16:12"), CIRCLE, START),
    Leads("Ben", school_day(18, "16:17"), CIRCLE, GO_ON),
    Leads("Ben", school_day(18, "16:33"), CIRCLE, FINISH),
    Notes(
        "Ana",
        school_day(18, "17:20"),
        CIRCLE,
        "Wait time for ten minutes: three seconds feel long, five are better. Grace counts on her "
        "fingers behind her back.",
        "Sort the tickets, don’t grade them. Three piles, and the piles are tomorrow’s groups.",
    ),
    SaysTheyCame("Ana", school_day(18, "17:21")),
    WillTry(
        "Elena",
        school_day(17, "07:45"),
        "Three piles in period 2, for two weeks, five minutes a day.",
        "for sorting my slips with me, all twenty-six of them",
    ),
    TriedIt(
        "Elena",
        school_day(7, "16:20"),
        "Five minutes a class, and I have stopped feeling guilty. The groups are right more often "
        "than not.",
    ),
    Comes("Farid", school_day(10, "08:05"), CIRCLE),
    Leads("Ben", school_day(8, "16:10"), CIRCLE, START),
    Leads("Ben", school_day(8, "16:20"), CIRCLE, FINISH),
    Notes(
        "Farid",
        school_day(8, "17:25"),
        CIRCLE,
        "Exit tickets on index cards: one question, half a card, no names on the front.",
        "Give four people four different pieces of information; the task needs all of them.",
    ),
    WillTry(
        "Grace",
        school_day(7, "07:50"),
        "One geometry task cut into four cards, next Tuesday.",
    ),
    Comes("Chris", school_day(2, "12:05"), CIRCLE),
]
