"""The protocols that come with Staffroom, in our own words; each names where it comes from.

Minutes are those of the originals:
consultancy: Gene Thompson-Grove, Paula Evans and Faith Dunne, National School Reform Faculty
tuning: David Allen and Joseph McDonald, Coalition of Essential Schools
troika: Troika Consulting of Liberating Structures
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from models.consultancies.steps import Protocol, Speaks, Step

PRESENT = Step(
    "Present",
    "What happens, what have you tried, and which question shall we think about?",
    Speaks.PRESENTER,
)
CLARIFY = Step(
    "Clarifying questions",
    "Short questions that have a short answer: who, when, how many. Advice comes later.",
    Speaks.QUESTIONS,
)
PROBE = Step(
    "Probing questions",
    "Questions that open up the thinking: why do you suppose, what would change if? "
    "The presenter may answer; the group does not discuss the answer. "
    "At the end the presenter says the question once more, as it sounds now.",
    Speaks.QUESTIONS,
)
DISCUSS = Step(
    "The group discusses",
    "What did we hear? What didn’t we hear? What do we take for granted? What might we try? "
    "Speak about the presenter as if they were away.",
    Speaks.GROUP,
)
REFLECT = Step(
    "The presenter reflects",
    "What stays with you? What will you try first? Nobody has to defend or judge an idea.",
    Speaks.PRESENTER,
)
DEBRIEF = Step(
    "Look back",
    "How was it to work like this? Leave the problem aside. What do we keep for next time?",
    Speaks.EVERYBODY,
)

CONSULTANCY = Protocol(
    key="consultancy",
    name="Consultancy",
    steps=(
        replace(PRESENT, minutes=10),
        replace(CLARIFY, minutes=5),
        replace(PROBE, minutes=10),
        replace(DISCUSS, minutes=15),
        replace(REFLECT, minutes=5),
        replace(DEBRIEF, minutes=5),
    ),
    source="Gene Thompson-Grove, Paula Evans and Faith Dunne; National School Reform Faculty",
)

MINI = Protocol(
    key="mini",
    name="Mini-consultancy",
    steps=(
        replace(PRESENT, minutes=5),
        replace(CLARIFY, minutes=3),
        replace(DISCUSS, minutes=9),
        replace(REFLECT, minutes=3),
    ),
    source="the consultancy of the National School Reform Faculty, shortened",
)

TUNING = Protocol(
    key="tuning",
    name="Tuning",
    steps=(
        Step(
            "Introduction",
            "Who is here, what is our aim today, and how do we use the time?",
            Speaks.EVERYBODY,
            5,
        ),
        Step(
            "Presentation",
            "Show the work and where it comes from. On what would you like feedback?",
            Speaks.PRESENTER,
            15,
        ),
        replace(CLARIFY, minutes=5),
        Step(
            "Pause to write",
            "Each for themselves: one warm remark (what works) and one cool one (what could work "
            "better).",
            Speaks.WRITING,
            3,
        ),
        Step(
            "Warm and cool feedback",
            "First warm, then cool, always about the work. Cool may be a question: I wonder what "
            "happens when …",
            Speaks.GROUP,
            15,
        ),
        Step(
            "Reflection",
            "Think aloud about what you heard, and pick what helps.",
            Speaks.PRESENTER,
            10,
        ),
        replace(DEBRIEF, minutes=7),
    ),
    source="David Allen and Joseph McDonald, Coalition of Essential Schools",
)

_ROUND = (
    Step("Think", "Which question do you bring? Write it down.", Speaks.WRITING, 1),
    Step("Share", "What is it about, and what help would you like?", Speaks.PRESENTER, 2),
    Step("Clarify", "The other two ask short questions.", Speaks.QUESTIONS, 2),
    Step("Ideas", "The other two talk; the presenter turns away.", Speaks.GROUP, 4),
    Step("Thank", "What was most valuable? Then change places.", Speaks.PRESENTER, 1),
)
TROIKA = Protocol(
    key="troika",
    name="Troika, three rounds",
    steps=tuple(
        replace(step, name=f"Round {number} · {step.name}", takes_turns=True)
        for number in (1, 2, 3)
        for step in _ROUND
    ),
    source="Troika Consulting, Liberating Structures",
)

ASYNCHRONOUS = Protocol(
    key="asynchronous",
    name="Consultancy over some days",
    steps=(
        Step(
            "Present",
            "What happens, what have you tried, and which question shall we think about?",
            Speaks.PRESENTER,
            days=1,
        ),
        Step(
            "Clarifying questions",
            "Short questions that have a short answer: who, when, how many. Advice comes later.",
            Speaks.QUESTIONS,
            days=1,
        ),
        Step(
            "Probing questions",
            "Questions that open up the thinking: why do you suppose, what would change if?",
            Speaks.QUESTIONS,
            days=1,
        ),
        Step(
            "The group discusses",
            "What did we hear? What do we take for granted? What might we try?",
            Speaks.GROUP,
            days=2,
        ),
        Step(
            "The presenter reflects",
            "What stays with you, and what will you try first?",
            Speaks.PRESENTER,
            days=1,
        ),
    ),
    is_asynchronous=True,
    source="Staffroom, after the consultancy",
)

PROTOCOLS: Mapping[str, Protocol] = MappingProxyType(
    {one.key: one for one in (MINI, CONSULTANCY, TUNING, TROIKA, ASYNCHRONOUS)}
)
