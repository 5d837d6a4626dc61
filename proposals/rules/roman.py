"""Roman figures, in which some houses write the Wahlperiode: XVII-0490/2014."""

_FIGURES = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def to_roman(number: int) -> str:
    """Return a number from 1 on in Roman figures."""
    text = ""
    for value, figure in _FIGURES:
        times, number = divmod(number, value)
        text += figure * times
    return text


def from_roman(text: str) -> int | None:
    """Return what Roman figures say; None for letters that are no number, such as IIX."""
    number, rest = 0, text
    for value, figure in _FIGURES:
        while rest.startswith(figure):
            number, rest = number + value, rest[len(figure) :]
    return number if number and not rest and to_roman(number) == text else None
