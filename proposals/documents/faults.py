"""The one error of this package: a Word template that cannot be used as it is."""


class TemplateFault(Exception):
    """A Word template is refused; the message is a German sentence for whoever edits it in Word."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
