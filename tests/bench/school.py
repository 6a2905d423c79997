"""A school that never stops writing: texts, problems and materials to measure with."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product

from models.communities import Community, Membership
from models.materials.material import Circle, Kind, Material
from models.search import Entry

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
COMMUNITIES = 40
# Who looks, and where they are members.
VIEWER, THEIRS = "U0VIEWER", (3, 9)
SYLLABLES = re.findall("..r?", "bacodifugaheinjukarlomenioropaquirasterutuvowoyaze")
FREQUENT = ["students", "class", "lesson", "group", "talk", "question", "ticket", "feedback"]
SUBJECTS = ["Math", "English", "Science", "History", "Art", "Music", "PE", "Spanish"]


class School:
    """An endless supply of texts: few words often, many seldom, as in any language."""

    def __init__(self) -> None:
        self.chance = random.Random(7)  # noqa: S311 - the same texts each time, nothing secret
        rare = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
        rare += ["".join(parts) for parts in product(SYLLABLES[:14], repeat=4)]
        self.chance.shuffle(rare)
        self.words = FREQUENT + rare
        # Zipf's law: the n-th word is n times rarer than the first.
        self.odds = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.odds, k=length))

    def rare_word(self) -> str:
        return self.chance.choice(self.words[2000:6000])

    def misspelled(self, word: str) -> str:
        place = self.chance.randrange(len(word))
        return word[:place] + self.chance.choice("aeiost") + word[place + 1 :]

    def problem(self, about_id: int) -> Entry:
        """Return what the search keeps of one problem; every fifth is private."""
        return Entry(
            kind="problem",
            about_id=about_id,
            title=self.text(8),
            body=self.text(self.chance.randint(30, 90)),
            is_open=about_id % 5 > 0,
            community_id=1 + about_id % COMMUNITIES,
            filters={"topic": f"topic {about_id % 30}"},
            happened_at=NOW + timedelta(minutes=about_id),
        )

    def material(self, number: int) -> Material:
        """Return a material of that id; a third are for their community only."""
        first_grade = number % 11
        return Material(
            workspace_id="T1",
            id=number,
            request_key=f"V{number}",
            community_id=1 + number % COMMUNITIES,
            owner_id=f"U{number % 400}",
            title=self.text(8),
            kind=list(Kind)[number % len(Kind)],
            url=f"https://example.org/{number}",
            same_key=f"{number}",
            topics=[f"topic {number % 30}", f"topic {number % 7}"],
            subject=SUBJECTS[number % len(SUBJECTS)],
            grades=f"{first_grade}-{first_grade + 1}",
            minutes=10 + number % 50,
            circle=Circle.NETWORK if number % 3 else Circle.COMMUNITY,
            note=self.text(self.chance.randint(30, 90)),
            saved_at=NOW + timedelta(minutes=number),
        )

    def communities(self) -> list[Community]:
        """Return every community; the viewer is in two of them."""
        return [
            Community(
                workspace_id="T1",
                id=one,
                channel_id=f"C{one}",
                channel_name=f"circle-{one}",
                name=f"Circle {one}",
                tz="America/Denver",
                is_private=False,
                set_up_at=NOW,
                memberships=[
                    Membership(workspace_id="T1", member_id=who, joined_at=NOW)
                    for who in [f"U{one}", *([VIEWER] if one in THEIRS else [])]
                ],
            )
            for one in range(1, COMMUNITIES + 1)
        ]
