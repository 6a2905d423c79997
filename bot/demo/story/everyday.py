"""How the channels of the example begin, and what is said in them besides problems."""

from bot.demo.story.happenings import Happening, Joins, SetsUp, Writes, hours_ago, school_day

STORY: list[Happening] = [
    Writes(
        "Dana",
        school_day(25, "07:50"),
        "general",
        "Good morning, everybody. The three schools share this workspace from today on. "
        "Say hello, and look into the channels: all of them are open.",
    ),
    Writes(
        "Ben",
        school_day(25, "14:30"),
        "math-circle",
        "Welcome to the math circle. This is for the questions we carry home from our own "
        "classrooms, the half-finished ones above all. I’ll invite Staffroom, it keeps track "
        "of them for us.",
    ),
    SetsUp("Ben", school_day(25, "14:34"), "math-circle", "Math circle"),
    Joins("Hugo", school_day(24, "12:10"), "math-circle"),
    Writes(
        "Hugo",
        school_day(24, "12:12"),
        "math-circle",
        "Hi, I’m Hugo, grade 10 at Lincoln. Second year of teaching, so expect questions.",
    ),
    SetsUp("Ines", school_day(20, "15:15"), "science-lab", "Science lab"),
    Writes(
        "Ines",
        school_day(20, "15:20"),
        "science-lab",
        "The math people have had Staffroom for a week and like it. Type `/problem` when a lesson "
        "keeps you thinking.",
    ),
    Writes(
        "Grace",
        school_day(14, "07:45"),
        "math-circle",
        "Room 12 at Mesa is open during my third period if anybody wants to see the "
        "card-sorting lesson. No preparation, just sit in the back.",
    ),
    Writes(
        "Farid",
        school_day(14, "07:58"),
        "math-circle",
        "I’d love to. Coming on my planning period.",
    ),
    Writes(
        "Dana",
        school_day(6, "08:05"),
        "general",
        "Release day next month: the sign-up comes here once the rooms are fixed.",
    ),
    Writes(
        "Jonas",
        school_day(2, "07:40"),
        "general",
        "Found a green water bottle in the library after the science meeting. It’s at the desk.",
    ),
    Writes(
        "Chris",
        hours_ago(7.5),
        "math-circle",
        "Warm-ups keep growing until half the period is gone. I plan five minutes, then somebody "
        "asks a good question and I can’t let it go. How do you keep yours short?",
    ),
]
