"""Minutes, an excerpt and a sheet with invented sentences, everything filled in."""

from datetime import date

from proposals.documents.context_meeting import (
    BodyRow,
    ExcerptContext,
    ItemRow,
    MinutesContext,
    SheetContext,
)
from proposals.documents.context_pack import PackContext
from tests.documents.samples import RESOLUTION

HELD = date(2018, 12, 17)


def minutes() -> MinutesContext:
    """Return the public part of a council's minutes with everything that they may hold."""
    return {
        "art": "Protokoll",
        "art_gross": "PROTOKOLL",
        "teil": "öffentlicher Teil",
        "entwurf": False,
        "kommune": "Landkreis Wittmund",
        "betreff": "Kreistag, 17.12.2018, öffentlicher Teil",
        "gremium": "Kreistag",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "wochentag": "Montag",
        "ort": "Kreishaus, großer Sitzungssaal",
        "beginn": "15:00 Uhr",
        "ende": "18:20 Uhr",
        "unterbrechungen": [{"von": "16:05 Uhr", "bis": "16:20 Uhr", "grund": "Aussprache"}],
        "vorsitz": "Vera Vorsitz",
        "protokollfuehrung": "Peter Protokoll",
        "eingeladen_am": date(2018, 12, 3),
        "anwesenheit": [attendance()],
        "tagesordnung": [
            {"top": "Ö 1", "titel": "Eröffnung und Feststellung der Beschlussfähigkeit"},
            {"top": "Ö 2", "titel": "Genehmigung des Protokolls vom 20.09.2018"},
            {"top": "Ö 7", "titel": "Beratung neu zugezogener Familien"},
        ],
        "punkte": [
            item("Ö 1", "Eröffnung und Feststellung der Beschlussfähigkeit"),
            {
                **item("Ö 2", "Genehmigung des Protokolls vom 20.09.2018"),
                "beschluss_titel": "Beschluss",
                "beschluss": "<p>Das Protokoll vom 20.09.2018 wird genehmigt.</p>",
                "abstimmung": "einstimmig bei 2 Enthaltungen (38 Ja, 0 Nein, 2 Enthaltungen)",
                "berichtigungen": [
                    {
                        "titel": "Berichtigung des Protokolls vom 21.06.2018",
                        "text": "TOP Ö 5: 20 Ja, 21 Nein, 0 Enthaltungen statt 21 Ja, 20 Nein, "
                        "0 Enthaltungen.",
                    }
                ],
            },
            full_item(),
        ],
        "unterschriften": [
            {"name": "Vera Vorsitz", "funktion": "Vorsitz"},
            {"name": "", "funktion": "Der Landrat"},
            {"name": "Peter Protokoll", "funktion": "Protokollführung"},
        ],
        "erstellt_am": date(2019, 1, 7),
    }


def attendance() -> BodyRow:
    """Return who was there: two factions and one member without, with all that may be said."""
    return {
        "gremium": "Kreistag",
        "fraktionen": [
            {
                "name": "Fraktion A",
                "personen": [
                    {"name": "Vera Vorsitz", "zusatz": "Vorsitz"},
                    {"name": "Anton Ahlers", "zusatz": "i. V. für Bernd Boie"},
                    {"name": "Cora Claas", "zusatz": ""},
                ],
            },
            {
                "name": "Gruppe B & C",
                "personen": [{"name": "Dora Dirks", "zusatz": "ab TOP Ö 2 (15:20 Uhr)"}],
            },
            {
                "name": "ohne Fraktion oder Gruppe",
                "personen": [{"name": "Erik Eden", "zusatz": "kraft Amtes"}],
            },
        ],
        "verwaltung": "Karla Kamp (Kämmerin, ab TOP Ö 2); Lars <Lotse>",
        "gaeste": "Gesa Gast & Co.",
        "entschuldigt": "Bernd Boie",
        "unentschuldigt": "Frauke Fink",
        "beschlussfaehigkeit": ["zu Beginn festgestellt: 40 anwesend, beschlussfähig"],
    }


def item(top: str, title: str) -> ItemRow:
    """Return an item of which there is nothing to say."""
    return {
        "top": top,
        "titel": title,
        "gremium": "",
        "vorlage": "",
        "abstimmungen": [],
        "beschluss_titel": "",
        "beschluss": "",
        "ergebnis": "",
        "abstimmung": "",
        "namentlich": [],
        "nach_fraktionen": [],
        "mitwirkung": [],
        "vermerk": [],
        "berichtigungen": [],
    }


def full_item() -> ItemRow:
    """Return an item with everything that may happen at one."""
    return {
        **item("Ö 7", "Beratung neu zugezogener Familien"),
        "gremium": "Kreistag",
        "vorlage": "Beschlussvorlage 0085/2018",
        "vermerk": ["Das Konzept wird vorgestellt.", "Die Verwaltung sagt einen Bericht zu."],
        "mitwirkung": ["Mitwirkungsverbot: Cora Claas, hat den Raum verlassen"],
        "abstimmungen": [
            {
                "titel": "Änderungsantrag (Gruppe B & C): Befristung",
                "wortlaut": "<p>Die Stelle wird auf <em>zwei Jahre</em> befristet.</p>",
                "satz": "in geheimer Abstimmung: mehrheitlich (22 Ja, 17 Nein)",
            }
        ],
        "beschluss_titel": "Beschluss",
        "beschluss": RESOLUTION,
        "ergebnis": "geändert beschlossen",
        "abstimmung": "in namentlicher Abstimmung: mehrheitlich (30 Ja, 8 Nein, 1 Enthaltung)",
        "namentlich": [
            {"stimme": "Ja", "namen": "Vera Vorsitz, Anton Ahlers"},
            {"stimme": "Nein", "namen": "Dora Dirks"},
        ],
        "nach_fraktionen": [{"fraktion": "Fraktion A", "ja": 21, "nein": 3, "enthaltung": 1}],
    }


def excerpt() -> ExcerptContext:
    """Return an excerpt of that item before the minutes are approved."""
    return {
        "art": "Beschlussauszug",
        "art_gross": "BESCHLUSSAUSZUG",
        "quelle": "Auszug aus dem Protokoll",
        "kommune": "Landkreis Wittmund",
        "betreff": "Kreistag, 17.12.2018, TOP Ö 7",
        "gremium": "Kreistag",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "ort": "Kreishaus, großer Sitzungssaal",
        "oeffentlichkeit": "öffentlich",
        "top": "Ö 7",
        "titel": "Beratung neu zugezogener Familien",
        "vorlage": "Beschlussvorlage 0085/2018",
        "federfuehrung": "Amt für Jugend und Soziales",
        "beschluss_titel": "Beschluss",
        "beschluss": RESOLUTION,
        "ergebnis": "geändert beschlossen",
        "abstimmung": "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen)",
        "mitwirkung": ["Mitwirkungsverbot: Cora Claas, hat den Raum verlassen"],
        "vorbehalt": "vorbehaltlich der Genehmigung des Protokolls",
        "ausgabe": 1,
        "ausgegeben_am": date(2018, 12, 18),
        "empfaenger": ["Amt für Jugend und Soziales", "Kämmerei", "Landesamt <Süd> & Co"],
        "unterschrift": {"name": "Peter Protokoll", "funktion": "Protokollführung"},
        "erstellt_am": date(2018, 12, 18),
    }


def sheet() -> SheetContext:
    """Return the sheet of a committee's own wording."""
    return {
        "art": "Beschlusstext nach Beratung",
        "kommune": "Stadt Oelde",
        "nummer": "B 2017/500/3708",
        "betreff": "Fortschreibung eines Konzeptes",
        "titel": "Vorschlag nach Beratung im Sozialausschuss",
        "text": "<p>„Es wird eine Anlaufstelle eingerichtet.</p><p>Sie wird befristet.“</p>",
        "gremium": "Sozialausschuss",
        "datum": HELD,
        "abstimmung": "mehrheitlich (7 Ja, 4 Nein)",
        "vorbehalt": "vorbehaltlich der Genehmigung der Niederschrift",
        "erstellt_am": date(2018, 12, 18),
    }


def pack_contents() -> PackContext:
    """Return the first pages of a Sitzungsmappe: a paper with annexes, and an item without one."""
    return {
        "art": "Sitzungsmappe",
        "betreff": "Kreistag, 17.12.2018",
        "kommune": "Landkreis Wittmund",
        "gremium": "Kreistag",
        "sitzung": "12. Sitzung",
        "datum": HELD,
        "ort": "Kreishaus, großer Sitzungssaal",
        "intern": True,
        "punkte": [
            {"top": "Ö 1", "titel": "Eröffnung", "vorlage": "", "anlagen": []},
            {
                "top": "Ö 7",
                "titel": "Beratung neu zugezogener Familien & mehr",
                "vorlage": "Vorlage 0085/2018",
                "anlagen": [
                    {"nummer": 1, "titel": "Konzept „Ankommen im Landkreis“", "hinweis": ""},
                    {
                        "nummer": 2,
                        "titel": "Übersicht <Angebote>",
                        "hinweis": "liegt nicht als PDF vor und ist nicht eingebunden",
                    },
                ],
            },
        ],
        "erstellt_am": HELD,
    }
