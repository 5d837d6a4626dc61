"""What a rule hands back when it objects."""


class RuleViolation(Exception):
    """An objection of the law or the house: a German sentence and the paragraph it rests on.

    `field` names the form field it concerns (None: the whole form). `waivable` marks a warning that
    a reason overcomes; everything else can never be right.
    """

    def __init__(
        self,
        message: str,
        paragraph: str = "",
        field: str | None = None,
        waivable: bool = False,
    ) -> None:
        super().__init__(message, paragraph, field, waivable)
        self.message = message
        self.paragraph = paragraph
        self.field = field
        self.waivable = waivable

    def __str__(self) -> str:
        """Return the sentence, with the paragraph in brackets where there is one."""
        return f"{self.message} ({self.paragraph})" if self.paragraph else self.message
