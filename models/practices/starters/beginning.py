"""Practices for the first minutes: arriving, remembering, and being seen."""

from models.practices.wording import PracticeWording

BEGINNING = {
    "do_now": PracticeWording(
        name="Do now",
        what="A short task waits on the board, so the lesson begins when the first student does.",
        steps=(
            "Write one task on the board that everybody can begin without help.",
            "Students sit down and begin; you greet and look around.",
            "After four minutes two students say how they did it.",
            "Take today’s lesson from there.",
        ),
        minutes=5,
        fits="Lessons that take long to settle.",
        materials="Board, and paper or notebooks.",
        topics=("starting the lesson", "routines"),
        grades="All grades",
    ),
    "retrieval_starter": PracticeWording(
        name="Retrieval starter",
        what="Four questions from memory: two from last lesson, one from last week, one from "
        "last month.",
        steps=(
            "Show four questions. Books stay closed.",
            "Students write answers alone for three minutes.",
            "Show the answers; each student corrects their own.",
            "Ask by show of hands which one was hardest, and come back to that one.",
        ),
        minutes=8,
        fits="What was known on Friday is gone on Monday.",
        materials="Four questions on a slide. Nothing is graded.",
        topics=("remembering", "starting the lesson"),
        grades="Grades 3 and up",
    ),
    "brain_dump": PracticeWording(
        name="Brain dump",
        what="Students write down everything they remember about a topic, then fill the gaps.",
        steps=(
            "Name the topic. Everybody writes what they remember for three minutes.",
            "In pairs, add in a second color what the other one had.",
            "Open the notes and add what is still missing.",
            "Each student circles one thing to learn again.",
        ),
        minutes=10,
        fits="Before a new unit, or before a test.",
        materials="Paper, two colors.",
        topics=("remembering",),
        grades="Grades 4 and up",
    ),
    "greeting_at_the_door": PracticeWording(
        name="Greeting at the door",
        what="Each student is greeted by name on the way in.",
        steps=(
            "Stand at the door for the two minutes before the bell.",
            "Say each name, and a word or a gesture that the student chooses.",
            "Notice who is not all right today; a quiet word comes later.",
            "Point to the first task inside.",
        ),
        minutes=3,
        fits="Groups that arrive loud, and students whom nobody has spoken to yet that day.",
        topics=("belonging", "starting the lesson"),
        grades="All grades",
    ),
    "gratitude_minute": PracticeWording(
        name="Gratitude minute",
        what="One minute to thank somebody in the room for something exact.",
        steps=(
            "Give the sentence: “Thank you … for …, because …”.",
            "One minute of silence: everybody writes one, to anyone in the room.",
            "Those who like hand it over; nobody has to.",
            "Write one yourself.",
        ),
        minutes=3,
        fits="The end of a week, or after group work.",
        materials="Small slips of paper.",
        topics=("belonging", "gratitude"),
        grades="All grades",
    ),
    "goal_for_the_week": PracticeWording(
        name="Goal for the week",
        what="On Monday each student writes one small goal; on Friday they look whether it came "
        "true.",
        steps=(
            "Monday: write one goal that can be seen by Friday, such as “ask one question a day”.",
            "Say it to a partner, who asks: how will you know?",
            "Wednesday: one minute to look at it again.",
            "Friday: reached, nearly or not yet, and what helped.",
        ),
        minutes=5,
        fits="Students who work hard without knowing what for.",
        materials="A card that stays on the desk or in the notebook.",
        topics=("goals", "persisting"),
        grades="Grades 3 and up",
    ),
    "two_by_ten": PracticeWording(
        name="Two minutes for ten days",
        what="Two minutes a day of ordinary talk with one student, for ten school days.",
        steps=(
            "Choose one student you find hard to reach.",
            "Talk for two minutes a day about anything but work and behavior.",
            "Ask, listen, remember; say something of your own, too.",
            "After ten days note what is different between you.",
        ),
        minutes=2,
        fits="One student with whom everything has become a struggle.",
        topics=("belonging", "relationships"),
        grades="All grades",
    ),
}
