"""Problems of practice: what teachers bring, how colleagues answer, and what was learned."""

from models.problems.answers import (
    Answer,
    Helper,
    Interest,
    OwnProblemError,
    Reply,
    ResolvedError,
)
from models.problems.authors import Author, HiddenAuthor
from models.problems.problem import Problem
from models.problems.standings import LAST_PAGE, PAGE_SIZE, Listing, Page, Standing
from models.problems.wording import (
    LENGTHS,
    TOPIC_LENGTH,
    TOPICS_AT_MOST,
    EmptyFieldError,
    Help,
    TooLongError,
    TooManyTopicsError,
    Wording,
    written,
)

__all__ = [
    "LAST_PAGE",
    "LENGTHS",
    "PAGE_SIZE",
    "TOPICS_AT_MOST",
    "TOPIC_LENGTH",
    "Answer",
    "Author",
    "EmptyFieldError",
    "Help",
    "Helper",
    "HiddenAuthor",
    "Interest",
    "Listing",
    "OwnProblemError",
    "Page",
    "Problem",
    "Reply",
    "ResolvedError",
    "Standing",
    "TooLongError",
    "TooManyTopicsError",
    "Wording",
    "written",
]
