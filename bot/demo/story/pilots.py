"""The pilots of the example: one in every state, shared and private, with and without a finding."""

from bot.demo.story.happenings import (
    Champions,
    Finishes,
    GoesOn,
    Happening,
    Logs,
    Pauses,
    SetsMenu,
    Starts,
    school_day,
)

CIRCLE, LAB = "math-circle", "science-lab"

# Ten values from before, so the median stays where it was; then six in a row above it.
CHRIS: list[Happening] = [
    Starts(
        "Chris",
        school_day(24, "15:10"),
        CIRCLE,
        "Exit ticket",
        {
            "rhythm": "never",
            "with_class": "period 2",
            "aim": "Know before they leave who can set up a proportion.",
            "prediction": "Half of them now; two thirds after two weeks of tickets.",
            "measure_name": "students who set it up right",
            "baseline": "11/25\n13/26\n12/26\n14/26\n12/25\n13/26\n11/26\n13/25\n14/26\n12/26",
            "school": "Aspen Middle School",
        },
    ),
    Logs("Chris", school_day(23, "15:20"), "15/26 two asked for a second slip"),
    Logs("Chris", school_day(21, "15:20"), "16/25"),
    Logs("Chris", school_day(19, "15:20"), "17/26 they explained to each other"),
    Logs("Chris", school_day(17, "15:20"), "18 of 26"),
    Logs("Chris", school_day(15, "15:20"), "17/25"),
    Logs("Chris", school_day(14, "15:20"), "19/26 three piles by lunchtime"),
    Finishes(
        "Chris",
        school_day(13, "16:05"),
        {
            "result": "17 to 19 of 26 set it up right, most days.",
            "matched": "yes",
            "learned": "Reading the slips the same day is what makes it work, not the slip.",
            "decision": "adopt",
            "why": "Five minutes a day that I get back in the next lesson.",
        },
        circle="network",
    ),
    Champions(
        "Dana",
        school_day(12, "09:10"),
        CIRCLE,
        "Thank you for showing us the days on which it did not go up as well.",
    ),
]

# Inspired by it, in another room: nothing beyond chance, and that is a result.
FARID: list[Happening] = [
    Starts(
        "Farid",
        school_day(12, "15:30"),
        CIRCLE,
        "Exit ticket",
        {
            "rhythm": "never",
            "with_class": "period 5",
            "aim": "See who is lost before the weekend.",
            "prediction": "More right answers by the third ticket.",
            "measure_name": "students with a right answer",
            "baseline": "14/24\n12/24\n15/24\n13/24\n14/24\n12/24",
            "school": "Aspen Middle School",
        },
        like="Chris",
    ),
    Logs("Farid", school_day(11, "15:40"), "15/24"),
    Logs("Farid", school_day(10, "15:40"), "13/24"),
    Logs("Farid", school_day(9, "15:40"), "12/24 quieter than usual"),
    Logs("Farid", school_day(8, "15:30"), "12/24"),
    Logs("Farid", school_day(7, "15:40"), "15/24"),
    Logs("Farid", school_day(6, "15:40"), "14/24"),
    Finishes(
        "Farid",
        school_day(6, "15:50"),
        {
            "result": "12 to 15 of 24, as before.",
            "matched": "no",
            "learned": "On Fridays in the last period nobody writes a sentence. Tuesday may be "
            "another story.",
            "decision": "abandon",
            "why": "The time of the week is wrong, and I have no other to give.",
        },
        circle="community",
    ),
]

# Two cycles: changed after the first one.
ELENA: list[Happening] = [
    Starts(
        "Elena",
        school_day(22, "15:00"),
        CIRCLE,
        "Peer feedback",
        {
            "with_class": "Algebra 2, block B",
            "aim": "Comments that name a step, not “good job”.",
            "prediction": "A third of the comments will name a step.",
            "measure_name": "comments that name a step",
            "circle": "community",
            "school": "Mesa High",
        },
    ),
    Logs("Elena", school_day(19, "15:35"), "5/22"),
    Logs("Elena", school_day(16, "15:35"), "7/22 they want to be kind"),
    Finishes(
        "Elena",
        school_day(13, "16:30"),
        {
            "result": "5 and 7 of 22.",
            "matched": "partly",
            "learned": "They did not know what a step looks like in words.",
            "decision": "adapt",
            "why": "Next time with three sentence starters on the board.",
        },
    ),
    GoesOn(
        "Elena",
        school_day(12, "15:10"),
        {
            "aim": "The same, with three sentence starters on the board.",
            "prediction": "More than half will name a step.",
        },
    ),
    Logs("Elena", school_day(8, "15:35"), "11/22"),
    Logs("Elena", school_day(3, "15:35"), "13/21 one of them thanked the other for it"),
]

# Alone with it: nobody else sees these two.
ALONE: list[Happening] = [
    Starts(
        "Grace",
        school_day(10, "15:15"),
        CIRCLE,
        "Cold call with a warm-up",
        {
            "with_class": "Geometry, period 1",
            "aim": "Hear more than the same five voices.",
            "prediction": "Ten different voices a lesson.",
            "measure": "number",
            "measure_name": "different voices in a lesson",
            "school": "Mesa High",
        },
    ),
    Logs("Grace", school_day(8, "15:20"), "7 I lost count twice"),
    Pauses("Grace", school_day(3, "15:25")),
    Starts(
        "Ana",
        school_day(9, "15:05"),
        CIRCLE,
        "Wait time",
        {
            "with_class": "period 3",
            "aim": "More hands than the usual four.",
            "prediction": "Twelve of 26 hands once I count to five.",
            "measure_name": "students who raised a hand",
            "rhythm": "twice",
            "school": "Lincoln High",
        },
    ),
    Logs("Ana", school_day(7, "15:15"), "6/26"),
    Logs("Ana", school_day(4, "15:15"), "9/26 five seconds feel endless"),
    Logs("Ana", school_day(2, "15:15"), "8/25"),
]

OTHERS: list[Happening] = [
    SetsMenu(
        "Ben",
        school_day(23, "16:10"),
        CIRCLE,
        ("Exit ticket", "Wait time", "Peer feedback"),
    ),
    Starts(
        "Ines",
        school_day(11, "14:40"),
        LAB,
        "Exit ticket",
        {
            "rhythm": "never",
            "with_class": "Biology, block C",
            "aim": "Hear whether the lab’s question was clear to them.",
            "prediction": "From 3 to 4 within three weeks.",
            "measure": "rating",
            "measure_name": "how clear the question was to them",
            "circle": "network",
            "school": "Mesa High",
        },
        like="Chris",
    ),
    Logs("Ines", school_day(10, "14:55"), "3"),
    Logs("Ines", school_day(5, "14:55"), "3.5 the labs with a drawing do better"),
    Starts(
        "Hugo",
        school_day(1, "15:45"),
        CIRCLE,
        "Turn and talk",
        {
            "rhythm": "never",
            "with_class": "period 6",
            "aim": "Everybody says one sentence of mathematics a day.",
            "prediction": "Most pairs talk about the task for a whole minute.",
            "measure_name": "pairs that stayed with the task",
            "school": "Lincoln High",
        },
        starts_in=5,
    ),
]

STORY: list[Happening] = [*CHRIS, *FARID, *ELENA, *ALONE, *OTHERS]
