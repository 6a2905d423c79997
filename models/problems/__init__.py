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
from models.problems.posted import forget_letters, newest_letter
from models.problems.problem import Problem
from models.problems.standings import PAGE_SIZE, Listing, Page, Standing, page_within
from models.problems.wording import (
    LENGTHS,
    TOPIC_LENGTH,
    TOPICS_AT_MOST,
    EmptyFieldError,
    TooLongError,
    TooManyTopicsError,
    UnknownHelpError,
    WantedHelp,
    Wording,
    written,
)

__all__ = [
    "LENGTHS",
    "PAGE_SIZE",
    "TOPICS_AT_MOST",
    "TOPIC_LENGTH",
    "Answer",
    "Author",
    "EmptyFieldError",
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
    "UnknownHelpError",
    "WantedHelp",
    "Wording",
    "forget_letters",
    "newest_letter",
    "page_within",
    "written",
]
