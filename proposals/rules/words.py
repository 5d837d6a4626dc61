"""Closed lists with the German words people read beside the codes the database keeps."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A closed list whose members carry the German word shown for them as `label`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of its value; `label` is optional for look-ups only."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in their order, as form and model fields take them."""
        return [(member.value, member.label) for member in cls]


class ProposalKind(Labelled):
    """Art der Drucksache."""

    BESCHLUSSVORLAGE = "beschlussvorlage", "Beschlussvorlage"
    MITTEILUNGSVORLAGE = "mitteilungsvorlage", "Mitteilungsvorlage"
    ANTRAG = "antrag", "Antrag"
    AENDERUNGSANTRAG = "aenderungsantrag", "Änderungsantrag"
    ANFRAGE = "anfrage", "Anfrage"
    ANTWORT = "antwort", "Beantwortung einer Anfrage"

    @property
    def is_motion(self) -> bool:
        """Say whether a mover stands behind it instead of the administration.

        An Anfrage is one too: the Sitzungsdienst enters it, nobody co-signs or releases it.
        """
        return self in (
            ProposalKind.ANTRAG,
            ProposalKind.AENDERUNGSANTRAG,
            ProposalKind.ANFRAGE,
        )

    @property
    def is_never_voted_on(self) -> bool:
        """Say whether bodies only take note of it: a question and its answer (domain.md 2.1)."""
        return self in (ProposalKind.ANFRAGE, ProposalKind.ANTWORT)

    @property
    def asks_for_a_decision(self) -> bool:
        """Say whether it usually has a wording to be resolved."""
        return self not in (
            ProposalKind.MITTEILUNGSVORLAGE,
            ProposalKind.ANFRAGE,
            ProposalKind.ANTWORT,
        )

    @property
    def named(self) -> str:
        """Return the noun with its article, as a sentence begins with it."""
        return f"{_ARTICLES.get(self, 'Die')} {self.label}"

    @property
    def prefix(self) -> str:
        """Return the short form in numbers where the house has none of its own."""
        return _PREFIXES.get(self, self.label[:1].upper())


_ARTICLES = {ProposalKind.ANTRAG: "Der", ProposalKind.AENDERUNGSANTRAG: "Der"}
# where the first letter is taken
_PREFIXES = {ProposalKind.ANFRAGE: "AF", ProposalKind.ANTWORT: "AW"}


class Land(Labelled):
    """Land, whose municipal law applies."""

    NI = "NI", "Niedersachsen"
    NW = "NW", "Nordrhein-Westfalen"
    SH = "SH", "Schleswig-Holstein"
    BY = "BY", "Bayern"
    BW = "BW", "Baden-Württemberg"
    HE = "HE", "Hessen"


class MunicipalityKind(Labelled):
    """Art der Kommune; the county words differ by Land (Landkreis, Kreis)."""

    LANDKREIS = "landkreis", "Landkreis"
    KREIS = "kreis", "Kreis"
    STADT = "stadt", "Stadt"
    GEMEINDE = "gemeinde", "Gemeinde"

    @property
    def is_county(self) -> bool:
        """Say whether county law (Landkreis- or Kreisordnung) applies instead of town law."""
        return self in (MunicipalityKind.LANDKREIS, MunicipalityKind.KREIS)


class CommitteeKind(Labelled):
    """Art des Gremiums; screens show the proper name (Kreistag, Kreisausschuss) instead."""

    COUNCIL = "council", "Vertretung"
    MAIN_COMMITTEE = "main_committee", "Hauptausschuss"
    COMMITTEE = "committee", "Ausschuss"
    ADVISORY_BOARD = "advisory_board", "Beirat"
