"""What the template of a Sitzungsmappe may name: the agenda and the papers behind it."""

from datetime import date
from typing import TypedDict


class PackAnnex(TypedDict):
    """An annex; `hinweis` says why it is not in the Mappe, "" where it is."""

    nummer: int
    titel: str
    hinweis: str


class PackItem(TypedDict):
    """A line of the agenda; `vorlage` is empty where there is no paper to it."""

    top: str
    titel: str
    vorlage: str
    anlagen: list[PackAnnex]


class PackContext(TypedDict):
    """The contents of a Sitzungsmappe for one audience."""

    art: str
    betreff: str
    kommune: str
    gremium: str
    sitzung: str
    datum: date
    ort: str
    intern: bool
    punkte: list[PackItem]
    erstellt_am: date
