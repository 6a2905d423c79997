"""Rules a member can run into. The text of each error is shown to that member."""


class RuleError(Exception):
    """A request the community's rules do not allow.

    `field` names the form field at fault, if the member was filling in a form.
    """

    field: str | None = None

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        if field is not None:
            self.field = field


class NotHereError(RuleError):
    """The thing asked for does not exist, or not for this member."""


class NotAllowedError(RuleError):
    """Somebody else may do this."""
