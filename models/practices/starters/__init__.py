"""Starters: the well-known small practices that every tool belt begins with, in our own words.

Each has a key by which it is known for good; it stays the same when the words change.
"""

from collections.abc import Mapping
from types import MappingProxyType

from models.practices.starters.beginning import BEGINNING
from models.practices.starters.checking import CHECKING
from models.practices.starters.talking import TALKING
from models.practices.starters.working import WORKING
from models.practices.wording import PracticeWording

__all__ = ["STARTERS"]

STARTERS: Mapping[str, PracticeWording] = MappingProxyType(BEGINNING | CHECKING | TALKING | WORKING)
