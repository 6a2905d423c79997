"""The first weeks of the math circle: most of what was asked then has taught somebody something."""

from bot.demo.story.happenings import (
    AnswersWithoutName,
    Brings,
    Edits,
    Happening,
    Replies,
    Resolves,
    Shares,
    Withdraws,
    school_day,
)

STORY: list[Happening] = [
    Shares(
        "Farid",
        school_day(24, "15:40"),
        title="Talk moves for shy groups",
        happening="In small groups three students talk and the other two watch the pencil. "
        "When I walk by they all look busy, and as soon as I leave it is quiet again.",
        tried="Sentence starters on the desks",
        question="How do I get quiet students into small-group talk?",
        topics="Grade 8 math, discussion, group work",
        then=[
            Replies(
                "Ana",
                school_day(24, "17:05"),
                "Same here. What helped a little: everybody writes for thirty seconds before "
                "anyone may speak. Then the quiet ones have something on paper to point at.",
            ),
            Replies(
                "Ben",
                school_day(24, "19:20"),
                "I give each group one card that says “ask someone what they think”. Whoever holds "
                "it may only ask. It looks silly and works surprisingly often.",
            ),
            Replies(
                "Farid",
                school_day(20, "16:10"),
                "I tried the writing first, with groups of three, in both sections this week. The "
                "difference in period 2 was big, in period 6 I would not swear to it.",
            ),
            Resolves(
                "Farid",
                school_day(16, "16:20"),
                "Thirty seconds of writing before anybody speaks, and groups of three. After two "
                "weeks I counted: nine more students said something in group work than before. "
                "Sentence starters alone had changed nothing.",
            ),
        ],
    ),
    Shares(
        "Grace",
        school_day(23, "16:05"),
        title="The same four hands in every whole-class discussion",
        happening="I ask, and the same four hands go up before I have finished the sentence. "
        "If I wait, those four get restless. If I call on the quiet students, they look at the "
        "floor and do not speak.",
        tried="Popsicle sticks with names; it felt like a lottery nobody wanted to win.",
        topics="Geometry, discussion, participation",
        then=[
            Replies(
                "Hugo",
                school_day(22, "12:30"),
                "My mentor taught me to count to seven inside my head. It is terribly long. The "
                "fifth hand usually comes at six.",
            ),
            Replies(
                "Ana",
                school_day(22, "15:50"),
                "Tell them the question first, then partner talk for a minute, then ask “what did "
                "your partner say?” Reporting someone else’s idea is safer than offering your own.",
            ),
            Resolves(
                "Grace",
                school_day(15, "16:30"),
                "Asking “what did your partner say?” opened it up: eleven different voices in one "
                "period where I used to hear four. Waiting longer helps too, but only after "
                "they had time to talk.",
            ),
        ],
    ),
    Shares(
        "Hugo",
        school_day(21, "15:55"),
        title="Late work piles up before every grading deadline",
        happening="Three days before grades close I get forty assignments at once, some from the "
        "first week. I can’t give useful comments on any of them, and they know it.",
        tried="Ten percent off a day",
        question="How do you handle late work without a flood at the end?",
        topics="Late work, grading",
        then=[
            Replies(
                "Elena",
                school_day(21, "18:40"),
                "We close each unit for good one week after its test. Until then it’s full credit, "
                "after that it’s a conversation. The flood became four small puddles.",
            ),
            Resolves(
                "Hugo",
                school_day(12, "16:00"),
                "Closing each unit a week after its test, with full credit until then. Last "
                "grading period I had six late papers instead of forty. Taking points off had only "
                "made the weakest students give up earlier.",
            ),
        ],
    ),
    Shares(
        "Elena",
        school_day(19, "15:35"),
        title="Exit tickets nobody reads",
        happening="I collect an exit ticket every day. By evening there are a hundred and ten of "
        "them on my desk and I read perhaps twenty. The students have noticed.",
        tried="Reading one class a day instead of all five",
        topics="Algebra 2, exit tickets, feedback",
        then=[
            Replies(
                "Chris",
                school_day(19, "17:10"),
                "I sort them into three piles without writing on them: got it, almost, not yet. "
                "Four minutes a class, and the piles are my groups for tomorrow’s warm-up.",
            ),
            Brings("Elena", school_day(19, "17:30")),
            Replies(
                "Farid",
                school_day(18, "12:45"),
                "Once a week is enough for me. But I open the next lesson with two of them on the "
                "board, without names. They look for their own handwriting.",
            ),
            Replies(
                "Elena",
                school_day(13, "16:25"),
                "Three piles it is. I’m at five minutes a class and I have stopped feeling guilty.",
            ),
        ],
    ),
    Shares(
        "Grace",
        school_day(18, "19:50"),
        title="I lose my patience in the last period",
        happening="By two thirty I have no patience left, and that class gets the worst of me. "
        "I raised my voice twice this week about things I would smile at in the morning.",
        question="What do you do for yourselves before the last lesson of the day?",
        topics="Classroom climate",
        without_name=True,
        then=[
            Replies(
                "Ben",
                school_day(17, "07:40"),
                "Thank you for writing this down. I know that period well. I stand outside the "
                "door for one minute and greet each of them by name. It slows me down more than "
                "them.",
            ),
            Replies(
                "Chris",
                school_day(17, "12:25"),
                "I moved the quiet work to the beginning of that lesson. Ten calm minutes for them "
                "are ten calm minutes for me.",
            ),
            AnswersWithoutName(
                "Grace",
                school_day(15, "18:15"),
                "Thank you, this helps more than you think. I stood at the door today. Three of "
                "them asked whether I was leaving the school, and then we laughed.",
            ),
            Replies("Farid", school_day(14, "07:35"), "That made my morning."),
        ],
    ),
    Shares(
        "Ana",
        school_day(16, "15:45"),
        title="Fractions come back to haunt us in linear equations",
        happening="They can solve 3x + 5 = 20. Put a fraction in front of the x and a third of "
        "the class stops. It isn’t the algebra, it’s grade 6 coming back.",
        question="How do you repair fractions without turning grade 9 into grade 6?",
        topics="Grade 9 math, fractions, equations",
        then=[
            Replies(
                "Chris",
                school_day(16, "17:30"),
                "From the other side of the fence: in grade 7 they learn it as a recipe. Ask them "
                "to draw three quarters of an unknown bar before they multiply anything.",
            ),
            Edits(
                "Ana",
                school_day(15, "15:30"),
                tried="A page of fraction drill as a warm-up. They did the page and still stopped "
                "at the first equation.",
            ),
            Replies(
                "Farid",
                school_day(15, "16:50"),
                "We did number lines for one week, five minutes a day, only with the fractions "
                "that come up in the equations of that day. I can share my set.",
            ),
            Replies(
                "Ana",
                school_day(7, "16:35"),
                "After one week: 14 of 27 get the first equation with a fraction in it right, it "
                "was 9. Too early to be proud, but the bars stay.",
            ),
        ],
    ),
    Shares(
        "Chris",
        school_day(13, "16:15"),
        title="When do I put the calculators away?",
        happening="Some of them reach for the calculator for 6 times 7.",
        topics="Grade 7 math",
        then=[
            Replies(
                "Farid",
                school_day(13, "17:00"),
                "We have a school rule about this since last spring, ask in the office.",
            ),
            Withdraws("Chris", school_day(13, "17:20")),
        ],
    ),
]
