"""Every exception this program raises on purpose. Outcomes of a question are types, not exceptions."""


class BriefingBotError(Exception):
    """Base of the tree; its text is one Vietnamese line a person can act on."""


class SettingsError(BriefingBotError):
    """A setting is missing or wrong; the text names it and never repeats a secret."""


class UsageError(BriefingBotError):
    """A command was called with words it cannot use."""


class KnowledgeError(BriefingBotError):
    """The knowledge cannot be used; `problems` are in the order of the files."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class StorageError(BriefingBotError):
    """The database cannot be opened, upgraded or reached."""
