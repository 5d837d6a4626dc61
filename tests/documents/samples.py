"""Two full documents with invented sentences, and the templates they fill."""

from datetime import date
from pathlib import Path

from proposals.documents.context import (
    DeadlineRow,
    Finance,
    Funding,
    ProposalContext,
    Signature,
    Staff,
    StationRow,
    VoteRow,
    YearLine,
)
from proposals.documents.template import Template, compile_template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "docx"
GOLDEN = Path(__file__).parent / "golden"

FACTS = """
<p>Der Kreisausschuss hat die Verwaltung am 23.08.2017 gebeten, ein Konzept für die Beratung
neu zugezogener Familien zu erarbeiten. Ein Büro aus der Region hat den Prozess begleitet.</p>
<p>Das Konzept liegt nun vor. Es nennt Handlungsfelder und soll <strong>alle zwei Jahre</strong>
fortgeschrieben werden. Aus der Arbeitsgruppe werden als erste Schritte vorgeschlagen:</p>
<ul><li>eine zentrale Anlaufstelle mit festen Ansprechpersonen (z.&nbsp;B. Einzelfallhilfe und
Vermittlung an Fachberatungsstellen) und</li>
<li>eine Stelle für die Koordination der Sprachkurse:
<ol><li>Bedarf ermitteln,</li><li>Angebote abstimmen.</li></ol></li></ul>
<p>Daneben sollen bestehende Angebote bleiben, darunter der Pool der Dolmetscherinnen und
Dolmetscher, die Sprechstunden in den Gemeinden und die kurzfristigen Pilotprojekte.</p>
<p>Das Budget der Koordinierungsstelle beträgt derzeit 10.000&nbsp;€ und soll 2019 auf 20.000&nbsp;€
steigen. Über die Folgejahre entscheidet der Kreistag mit dem Haushalt.</p>
"""
RESOLUTION = """
<p>Es wird eine zentrale Anlaufstelle eingerichtet, die auch die Sprachkurse koordiniert.</p>
<p>Dafür ist eine Vollzeitstelle im Stellenplan 2019 auszuweisen.</p>
<p>Das Budget der Koordinierungsstelle wird 2019 auf 20.000&nbsp;€ aufgestockt. Je nach Entwicklung
ist der finanzielle Rahmen in den Folgejahren anzupassen.</p>
"""
RESERVATION = "Kreistag (17.12.2018): vorläufig, vorbehaltlich der Genehmigung des Protokolls"


def sample() -> ProposalContext:
    """Return a Beschlussvorlage as it is dispatched: released, no meeting held yet."""
    return {
        "nummer": "0085/2018",
        "art": "Beschlussvorlage",
        "art_gross": "BESCHLUSSVORLAGE",
        "oeffentlichkeit": "öffentlich",
        "entwurf": False,
        "fassung": 2,
        "intern": False,
        "betreff": "Beratung neu zugezogener Familien; Konzept und erste Maßnahmen",
        "aktenzeichen": "50-11/7",
        "bezug": "",
        "datum": date(2018, 11, 9),
        "kommune": "Landkreis Wittmund",
        "verwaltungsleitung": "Der Landrat",
        "federfuehrung": "Amt für Jugend und Soziales",
        "beratungsfolge": _route(),
        "sachverhalt": FACTS,
        "beschlussvorschlag": RESOLUTION,
        "abschnitte": [
            {"titel": "Beschlussvorschlag", "text": RESOLUTION, "finanzen": False},
            {"titel": "Sachverhalt", "text": FACTS, "finanzen": False},
            {"titel": "Finanzielle Auswirkungen", "text": "", "finanzen": True},
        ],
        "empfehlungen": [],
        "beschluss": None,
        "finanzierung": _finance(),
        "stellen": _staff(),
        "foerderung": _funding(),
        "fristen": [_deadline()],
        "unterschrift": _signature(),
        "leitung": {"name": "Lena Leitung", "nachname": "Leitung", "funktion": "Amtsleiterin"},
        "sachbearbeitung": {"name": "Sam Sache", "nachname": "Sache", "funktion": "Sachbearbeiter"},
        "abstimmung": [
            vote("Fachausschuss", "Sozialausschuss"),
            vote("Kreisausschuss", "Kreisausschuss"),
            vote("Kreistag", "Kreistag"),
        ],
        "vorbehalt": "",
        "anlagen": [
            {"nummer": 1, "titel": "Konzept „Ankommen im Landkreis“"},
            {"nummer": 2, "titel": "Übersicht der Beratungsangebote"},
        ],
        "erstellt_am": date(2018, 11, 9),
    }


def _route() -> list[StationRow]:
    """Return three bodies with their days."""
    return [
        station("Sozialausschuss", "Vorberatung", date(2018, 11, 22)),
        station("Kreisausschuss", "Vorberatung", date(2018, 11, 29)),
        station("Kreistag", "Entscheidung", date(2018, 12, 17)),
    ]


def _finance() -> Finance:
    """Return the finance block with one cost item."""
    return {
        "felder": [
            {"feld": "Gesamtkosten", "angabe": "Personalkosten für eine Stelle + 10.000\xa0€"},
            {"feld": "Jährliche Folgekosten", "angabe": "keine"},
            {"feld": "Objektbezogene Einnahmen", "angabe": "keine"},
        ],
        "gesamtkosten": "Personalkosten für eine Stelle + 10.000\xa0€",
        "folgekosten": "keine",
        "einnahmen": "keine",
        "produktkonto": "Aufwendungen für die Koordinierungsstelle",
        "verfuegbar": None,
        "nicht_verfuegbar": False,
        "veranschlagt": "",
        "keine": False,
        "positionen": [
            {
                "text": "Aufstockung des Budgets",
                "betrag": "10.000\xa0€",
                "jahr": "2019",
                "bisher": "10.000\xa0€",
                "neu": "20.000\xa0€",
            }
        ],
        "jahre": {
            "kopf": year_line("", "2019", "2020", "2021", "2022", "2023", "2024\xa0ff."),
            "teile": [
                {
                    "titel": "Ergebnisplan",
                    "zeilen": [
                        year_line("Erträge", *["–"] * 6),
                        year_line("Aufwendungen", "10.000\xa0€", *["–"] * 5),
                        year_line("Saldo", "-10.000\xa0€", *["–"] * 5),
                    ],
                }
            ],
            "hinweis": "",
        },
    }


def year_line(text: str, *cells: str) -> YearLine:
    """Return a line of the table over the years."""
    names = ("jahr_1", "jahr_2", "jahr_3", "jahr_4", "jahr_5", "danach")
    return {"text": text, **dict(zip(names, cells, strict=True))}  # type: ignore[typeddict-item]


def _staff() -> Staff:
    """Return one post."""
    return {
        "positionen": [
            {"text": "Fachkraft der Anlaufstelle", "umfang": "1,0", "quelle": "Kreishaushalt"},
        ],
        "summe": "1,0",
    }


def _funding() -> Funding:
    """Return one grant."""
    return {
        "positionen": [{"text": "Zuweisung des Landes", "betrag": "bis zu 50.000\xa0€"}],
        "summe": "bis zu 50.000\xa0€",
    }


def _deadline() -> DeadlineRow:
    """Return one date."""
    return {
        "text": "Antrag auf Zuweisung",
        "datum": date(2018, 12, 31),
        "hinweis": "Verlängerung ist angefragt",
    }


def _signature() -> Signature:
    """Return the signature of the head herself."""
    return {
        "ort": "Wittmund",
        "datum": date(2018, 11, 9),
        "zeichen": "gez.",
        "name": "Muster, Martina",
        "nachname_zuerst": "Muster, Martina",
        "funktion": "Landrätin",
        "vertretung": "",
    }


def decided() -> ProposalContext:
    """Return the internal copy after the last meeting, with everything a house can print."""
    context = sample()
    context["intern"] = True
    context["beratungsfolge"] = [
        {**row, "top": top, "ergebnis": result}
        for row, top, result in zip(
            context["beratungsfolge"],
            ("Ö 5", "N 3", "Ö 7"),
            ("geändert empfohlen", "empfohlen", "beschlossen"),
            strict=True,
        )
    ]
    context["empfehlungen"] = [
        {
            "titel": "Vorschlag nach Beratung im Sozialausschuss",
            "gremium": "Sozialausschuss",
            "datum": date(2018, 11, 22),
            "text": "<p>Wie Vorschlag, jedoch <em>befristet auf zwei Jahre</em>.</p>",
        }
    ]
    context["beschluss"] = {
        "text": "<p>Die Anlaufstelle wird, zunächst befristet auf zwei Jahre, eingerichtet.</p>",
        "gremium": "Kreistag",
        "datum": date(2018, 12, 17),
        "satz": "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen)",
    }
    context["abstimmung"] = [
        vote(
            *("Fachausschuss", "Sozialausschuss", date(2018, 11, 22), ("11", "0", "0")),
            *("geändert empfohlen", "einstimmig"),
        ),
        vote(
            *("Kreisausschuss", "Kreisausschuss", date(2018, 11, 29), ("9", "0", "1")),
            *("empfohlen", "einstimmig bei einer Enthaltung"),
        ),
        vote(
            *("Kreistag", "Kreistag", date(2018, 12, 17), ("30", "8", "4")),
            *("beschlossen", "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen)"),
        ),
    ]
    context["vorbehalt"] = RESERVATION
    return context


def station(body: str, role: str, day: date | None = None) -> StationRow:
    """Return a row of the Beratungsfolge that has not met yet."""
    return {"gremium": body, "zustaendigkeit": role, "termin": day, "top": "", "ergebnis": ""}


def vote(
    name: str,
    body: str,
    day: date | None = None,
    counts: tuple[str, str, str] = ("", "", ""),
    outcome: str = "",
    sentence: str = "",
) -> VoteRow:
    """Return a row of the vote table, empty unless counts are given."""
    yes, no, abstained = counts
    return {
        "bezeichnung": name,
        "gremium": body,
        "datum": day,
        "ergebnis": outcome,
        "ja": yes,
        "nein": no,
        "enthaltung": abstained,
        "satz": sentence,
    }


def wittmund() -> Template:
    """Return the form of the Landkreis Wittmund."""
    return compile_template((TEMPLATES / "wittmund" / "beschlussvorlage.docx").read_bytes())


def neutral() -> Template:
    """Return the neutral Vorlage."""
    return compile_template((TEMPLATES / "neutral" / "vorlage.docx").read_bytes())
