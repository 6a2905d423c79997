"""The last days of the math circle: some problems wait for an answer, some have just found one."""

from bot.demo.story.happenings import (
    Brings,
    CanHelp,
    Happening,
    HasThisToo,
    Likes,
    Replies,
    Resolves,
    Shares,
    hours_ago,
    school_day,
)

STORY: list[Happening] = [
    Shares(
        "Ana",
        school_day(12, "16:40"),
        title="Homework that half of them copy",
        happening="On the bus, in the hallway, in my own doorway. The homework comes in complete "
        "and the quiz two days later shows that nobody did it.",
        tried="Different numbers for each row of desks; they copied the steps anyway.",
        topics="Grade 9 math, homework",
        then=[
            Replies(
                "Elena",
                school_day(11, "12:20"),
                "I stopped grading it. Three problems, solutions on the back, and the quiz has one "
                "of the three with other numbers. Copying became pointless, not forbidden.",
            ),
            Resolves(
                "Ana",
                school_day(4, "16:05"),
                "Three problems with the solutions on the back, ungraded, and one of them in the "
                "quiz. Fewer hand it in, 19 of 28, but the quiz went from 11 to 17 who solve it. I "
                "grade less and know more.",
            ),
        ],
    ),
    Shares(
        "Grace",
        school_day(10, "15:30"),
        title="Group work where one student does all of it",
        happening="In every group there is one who does the work, one who decorates the poster "
        "and two who say “we” a lot. The one who works is starting to resent it.",
        tried="Roles on cards: reader, writer, checker, speaker",
        topics="Geometry, group work",
        wanted_help="hangout",
        then=[
            Brings("Grace", school_day(10, "15:35")),
            Replies(
                "Hugo",
                school_day(7, "12:15"),
                "Sorry that this waited. I give four different pieces of information to four "
                "people, and the task can’t be done without all of them. Roles alone never worked "
                "for me.",
            ),
            CanHelp("Hugo", school_day(7, "16:10")),
        ],
    ),
    Shares(
        "Chris",
        school_day(8, "16:20"),
        title="Retakes: everybody wants one, nobody studied for it",
        happening="Since we allow retakes, some students treat the first test as a preview. Then "
        "they take the second one without having looked at anything in between.",
        tried="Signing a form before the retake",
        question="What do you ask for before somebody may retake a test?",
        topics="Grade 7 math, retakes, grading",
        from_message=True,
        then=[
            Replies(
                "Elena",
                school_day(8, "17:45"),
                "Corrections first: every mistake with one sentence about what went wrong. About "
                "half of them decide that they don’t need the retake after all.",
            ),
        ],
    ),
    Shares(
        "Farid",
        school_day(6, "15:50"),
        title="Word problems: they grab the numbers and run",
        happening="They skim, see two numbers and a “how many”, and add. When I ask what the story "
        "was about they have to look again.",
        tried="Underlining the question",
        question="How do you get them to read the story before they calculate?",
        topics="Grade 8 math, word problems, reading",
        wanted_help="hangout",
        then=[
            HasThisToo("Ana", school_day(5, "08:10")),
            Brings("Farid", school_day(3, "16:55")),
        ],
    ),
    Shares(
        "Elena",
        school_day(3, "15:20"),
        title="Exit tickets, but which question?",
        happening="Sorting them works now, thanks to you. What I can’t do yet is write the "
        "question: either everybody gets it right or nobody does, and both tell me nothing.",
        topics="Algebra 2, exit tickets",
        wanted_help="asynchronous",
        then=[
            Replies(
                "Ana",
                school_day(3, "16:30"),
                "One problem, two worked answers, one of them wrong. “Who is right, and where did "
                "the other one slip?” That splits my classes nicely.",
            ),
            Likes("Elena", school_day(3, "16:45")),
            Replies(
                "Ben",
                school_day(2, "07:55"),
                "“What would you ask about today if you were brave?” Not every day, but I learned "
                "more from that than from any equation.",
            ),
        ],
    ),
    Shares(
        "Farid",
        hours_ago(9),
        title="How do I answer a parent who says my grading is unfair?",
        happening="A long message came last night. I want to be fair and I also want to keep my "
        "grade as it is. Whatever I draft sounds either cold or like giving in.",
        topics="Families, grading",
        without_name=True,
        then=[
            Replies(
                "Dana",
                hours_ago(6),
                "Call before you write. Begin with one thing you like about their child, then ask "
                "what they see at home. And if you’d like company on that call, any of us would "
                "sit with you.",
            ),
            HasThisToo("Elena", hours_ago(5.5)),
        ],
    ),
    Shares(
        "Hugo",
        hours_ago(3),
        title="They freeze when a problem has more than one way in",
        happening="Give them a recipe and they are fast. Today I gave them an area problem with "
        "three good ways to begin, and for five minutes nobody wrote anything.",
        tried="Hints on cards",
        question="What do you say in those five minutes, if anything?",
        topics="Grade 10 math, problem solving",
    ),
]
