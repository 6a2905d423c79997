"""Who lives in the example: teachers of three schools, and the channels they meet in."""

from dataclasses import dataclass

LINCOLN, ASPEN, MESA = "Lincoln High", "Aspen Middle School", "Mesa High"


@dataclass(frozen=True)
class Somebody:
    """A person; Slack shows the first name in messages and `title` in the profile."""

    first_name: str
    last_name: str
    title: str
    is_lead: bool = False


@dataclass(frozen=True)
class Place:
    """A channel and who was in it before the story begins."""

    name: str
    topic: str
    members: tuple[str, ...]


PEOPLE = (
    Somebody("Ana", "Morales", f"Grade 9 math, {LINCOLN}"),
    Somebody("Ben", "Okafor", f"Math department head, {LINCOLN}, facilitates #math-circle"),
    Somebody("Chris", "Nakamura", f"Grade 7 math, {ASPEN}"),
    Somebody("Elena", "Petrova", f"Algebra 2, {MESA}"),
    Somebody("Farid", "Haddad", f"Grade 8 math, {ASPEN}"),
    Somebody("Grace", "Kim", f"Geometry, {MESA}"),
    Somebody("Hugo", "Brandt", f"Grade 10 math, {LINCOLN}"),
    Somebody("Ines", "Duarte", f"Biology, {MESA}, facilitates #science-lab"),
    Somebody("Jonas", "Lind", f"Grade 8 science, {ASPEN}"),
    Somebody("Kofi", "Mensah", f"Physics, {LINCOLN}"),
    Somebody("Dana", "Whitfield", "Instructional lead of the three schools", is_lead=True),
)

PLACES = (
    Place(
        "math-circle",
        "Problems of practice from math classrooms of three schools",
        ("Ana", "Ben", "Chris", "Elena", "Farid", "Grace", "Dana"),
    ),
    Place(
        "science-lab",
        "What we try in labs and lessons",
        ("Ines", "Jonas", "Kofi", "Dana"),
    ),
    Place(
        "general",
        "News for everybody",
        tuple(one.first_name for one in PEOPLE),
    ),
)
