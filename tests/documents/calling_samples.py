"""What calls a meeting, its lists and its excerpts with invented sentences, all filled in."""

from datetime import date

from proposals.documents.context_calling import (
    BallotListContext,
    CallContext,
    ExcerptsContext,
    SigningListContext,
)
from tests.documents.samples import RESOLUTION

HELD, SENT = date(2018, 12, 17), date(2018, 12, 3)
PLACE = "Kreishaus, großer Sitzungssaal"
HOSTILE = "Zuschuss <Süd> & „Nord“ {{ 7*7 }} {% raw %} ]]> \u202eRTL 🚲"
"""What somebody may type as a title; it stands in the document letter by letter."""


def invitation() -> CallContext:
    """Return an invitation for the second time, with every hint that there is."""
    return {
        "art": "Erneute Einladung",
        "art_gross": "ERNEUTE EINLADUNG",
        "entwurf": False,
        "nachtrag": False,
        "kommune": "Landkreis Wittmund",
        "ort_der_verwaltung": "Wittmund",
        "betreff": "Kreistag und Sozialausschuss, 17.12.2018",
        "gremium": "Kreistag und Sozialausschuss",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "wochentag": "Montag",
        "beginn": "15:00 Uhr",
        "ort": PLACE,
        "versandt_am": SENT,
        "empfaenger": "alle Mitglieder, Gleichstellungsbeauftragte",
        "einladung_vom": date(2018, 11, 30),
        "oeffentlich": [
            {
                "top": "Ö 1",
                "titel": "Eröffnung",
                "gremium": "Kreistag, Sozialausschuss",
                "vorlage": "",
                "hinweis": "",
            },
            {
                "top": "Ö 2",
                "titel": HOSTILE,
                "gremium": "Kreistag",
                "vorlage": "Beschlussvorlage 0085/2018",
                "hinweis": "vorbehaltlich der Beratung im Kreisausschuss",
            },
        ],
        "geschlossen": True,
        "nichtoeffentlich": [
            {
                "top": "N 1",
                "titel": "Verkauf eines Grundstücks",
                "gremium": "Kreistag",
                "vorlage": "Beschlussvorlage 0086/2018",
                "hinweis": "",
            }
        ],
        "hinweise": ["Die Ladungsfrist ist abgekürzt: Frist des Landes", "Beschlossen wird immer."],
        "unterschrift": {"name": "Vera Vorsitz", "funktion": "Vorsitz"},
        "erstellt_am": SENT,
    }


def supplement() -> CallContext:
    """Return a Nachtrag to that invitation."""
    return {
        **invitation(),
        "art": "Nachtrag zur Einladung",
        "art_gross": "NACHTRAG ZUR EINLADUNG",
        "nachtrag": True,
    }


def notice() -> CallContext:
    """Return the public notice of that Nachtrag; of the closed item it has the public title."""
    titles = [{**row, "top": "", "gremium": "", "vorlage": ""} for row in _closed()]
    return {
        **invitation(),
        "art": "Öffentliche Bekanntmachung",
        "art_gross": "ÖFFENTLICHE BEKANNTMACHUNG",
        "nachtrag": True,
        "empfaenger": "",
        "hinweise": [],
        "oeffentlich": [{**row, "hinweis": ""} for row in invitation()["oeffentlich"]],
        "nichtoeffentlich": titles,  # type: ignore[typeddict-item]
    }


def _closed() -> list[dict[str, str]]:
    return [{**row} for row in invitation()["nichtoeffentlich"]]  # type: ignore[dict-item]


def signing_list() -> SigningListContext:
    """Return who signs in."""
    return {
        "art": "Anwesenheitsliste",
        "kommune": "Landkreis Wittmund",
        "betreff": "Kreistag, 17.12.2018",
        "gremium": "Kreistag",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "wochentag": "Montag",
        "beginn": "15:00 Uhr",
        "ort": PLACE,
        "gremien": [
            {
                "gremium": "Kreistag",
                "fraktionen": [
                    {
                        "name": "Gruppe B & C",
                        "personen": [
                            {"name": "Dora <Dirks>", "zusatz": ""},
                            {"name": "Erik Eden", "zusatz": "kraft Amtes, ohne Stimmrecht"},
                        ],
                    }
                ],
            }
        ],
        "vorsitz": "Vera Vorsitz",
        "protokollfuehrung": "Peter Protokoll",
        "protokollwort": "Protokollführung",
        "erstellt_am": HELD,
    }


def ballot_list() -> BallotListContext:
    """Return what the chair calls up in a joint meeting."""
    return {
        "art": "Abstimmungsliste",
        "kommune": "Landkreis Wittmund",
        "betreff": "Kreistag, 17.12.2018",
        "gremium": "Kreistag und Sozialausschuss",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "wochentag": "Montag",
        "beginn": "15:00 Uhr",
        "ort": PLACE,
        "vorsitz": "Vera Vorsitz",
        "teile": [
            {
                "gremium": "Kreistag",
                "teil": "Öffentlicher Teil",
                "stimmberechtigte": 43,
                "punkte": [
                    {
                        "top": "Ö 2",
                        "titel": HOSTILE,
                        "vorlage": "Beschlussvorlage 0085/2018",
                        "zustaendigkeit": "Entscheidung",
                        "hinweis": "ohne Stimme der Verwaltungsleitung",
                    }
                ],
            }
        ],
        "erstellt_am": HELD,
    }


def excerpts() -> ExcerptsContext:
    """Return two excerpts, the second with everything that there may be."""
    plain = {
        "top": "Ö 2",
        "titel": "Genehmigung des Protokolls",
        "gremium": "",
        "vorlage": "",
        "federfuehrung": "",
        "beschluss_titel": "Beschluss",
        "beschluss": "<p>Das Protokoll wird genehmigt.</p>",
        "ergebnis": "",
        "abstimmung": "einstimmig",
        "mitwirkung": [],
    }
    return {
        "art": "Beschlussauszüge",
        "quelle": "Auszug aus dem Protokoll",
        "teil": "öffentlicher Teil",
        "vorbehalt": "vorbehaltlich der Genehmigung des Protokolls",
        "kommune": "Landkreis Wittmund",
        "betreff": "Kreistag, 17.12.2018, öffentlicher Teil",
        "gremium": "Kreistag",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "ort": PLACE,
        "auszuege": [
            plain,  # type: ignore[list-item]
            {
                "top": "Ö 7",
                "titel": HOSTILE,
                "gremium": "Sozialausschuss",
                "vorlage": "Beschlussvorlage 0085/2018",
                "federfuehrung": "Amt für Jugend und Soziales",
                "beschluss_titel": "Beschluss",
                "beschluss": RESOLUTION,
                "ergebnis": "geändert beschlossen",
                "abstimmung": "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen)",
                "mitwirkung": ["Mitwirkungsverbot: Cora Claas, hat den Raum verlassen"],
            },
        ],
        "unterschrift": {"name": "Peter Protokoll", "funktion": "Protokollführung"},
        "erstellt_am": HELD,
    }
