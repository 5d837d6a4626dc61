"""The words a template may put behind a value: |euro |datum |zahl |kreuz. None prints nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from proposals.documents.faults import TemplateFault
from proposals.rules import costs


def euro(value: Decimal | int | None) -> str:
    """Write an amount as the house does: "10.000 €", cents only where there are any."""
    if value is None:
        return ""
    return costs.euro(Decimal(_number(value, "euro")))


def zahl(value: Decimal | int | None) -> str:
    """Write a number with German separators and as many decimals as it has: "1.250,5"."""
    return "" if value is None else _german(f"{_number(value, 'zahl'):,}")


def datum(value: date | None) -> str:
    """Write a day as 22.11.2018."""
    if value is None:
        return ""
    if not isinstance(value, date):
        raise TemplateFault(f"|datum erwartet ein Datum und bekam „{value}“.")
    return f"{value:%d.%m.%Y}"


def kreuz(value: object) -> str:
    """Draw a ticked or an empty box."""
    return "☒" if value else "☐"


def _number(value: Decimal | int, name: str) -> Decimal | int:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TemplateFault(f"|{name} erwartet eine Zahl und bekam „{value}“.")
    return value


def _german(figures: str) -> str:
    return figures.translate({ord(","): ".", ord("."): ","})


OWN: Final[Mapping[str, Callable[[Any], str]]] = {
    "euro": euro,
    "datum": datum,
    "zahl": zahl,
    "kreuz": kreuz,
}
FROM_JINJA: Final = (
    *("upper", "lower", "trim", "length", "first", "last", "join", "default"),
    *("selectattr", "rejectattr", "list"),
)
PARAGRAPHS: Final = "absaetze"
"""What {{p … }} becomes; written by the compiler alone."""
