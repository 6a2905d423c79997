"""The science lab, a younger community of the same three schools."""

from bot.demo.story.happenings import (
    Happening,
    Replies,
    Resolves,
    Shares,
    school_day,
)

STORY: list[Happening] = [
    Shares(
        "Jonas",
        school_day(17, "15:50"),
        title="Lab reports that read like recipes",
        happening="“First we took the beaker, then we took the water.” Two pages of that, and the "
        "conclusion is one line: it worked.",
        tried="A template with headings",
        topics="Grade 8 science, lab reports, writing",
        channel="science-lab",
        then=[
            Replies(
                "Ines",
                school_day(16, "12:30"),
                "I only ask for the conclusion now, three sentences: what I expected, what I saw, "
                "what surprised me. The method is on the board anyway.",
            ),
            Resolves(
                "Jonas",
                school_day(9, "16:15"),
                "Three sentences instead of two pages. What surprised them is where the thinking "
                "shows, and I read thirty of them in one evening.",
            ),
        ],
    ),
]
