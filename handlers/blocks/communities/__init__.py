"""How setting up a community, help and status look."""

from handlers.blocks.communities.helping import (
    SETTINGS,
    help_text,
    not_a_word,
    settings_button,
)
from handlers.blocks.communities.setting_up import (
    SHARE,
    invited,
    set_up_done,
    set_up_form,
    settings_kept,
    with_trouble,
    zone_option,
)
from handlers.blocks.communities.standing import TRY_AGAIN, WORKS, Works, status_text

__all__ = [
    "SETTINGS",
    "SHARE",
    "TRY_AGAIN",
    "WORKS",
    "Works",
    "help_text",
    "invited",
    "not_a_word",
    "set_up_done",
    "set_up_form",
    "settings_button",
    "settings_kept",
    "status_text",
    "with_trouble",
    "zone_option",
]
