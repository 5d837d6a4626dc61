"""The rules of the law in German words: for the people who have to check them."""

from collections.abc import Callable, Mapping
from typing import Any

from ..voting import VoteMode
from ..words import CommitteeKind
from .procedure import NEVER, share_words
from .values import BODY_LEAVES, KEYED, is_table_key, rule_of

Names = Mapping[CommitteeKind, str]
_MEMBERS = {
    "elected": "Abgeordnete",
    "co_opted": "Hinzugewählte und sachkundige Mitglieder",
    "ex_officio": "Mitglieder kraft Amtes",
    "basic_mandate": "Mitglieder mit Grundmandat",
    "substitute": "Vertretungen",
}
_LABELS = {
    "inherits": "Verfahren",
    "majority": "Mehrheit",
    "procedural_majority": "Mehrheit in Verfahrensfragen",
    "vote_mode": "Form der Abstimmung",
    "quorum": "Beschlussfähigkeit",
    "second_meeting": "Zweite Einberufung",
    "mass_bias": "Ausschluss von mehr als der Hälfte",
    "citizens": "Anteil sachkundiger Mitglieder",
    "notice": "Ladungsfrist",
    "called_by": "Einladung",
    "head_signs_minutes": "Unterschrift unter die Niederschrift",
    "public": "Öffentlichkeit",
    "mandatory_before": "Vorbereitung",
    "head_votes": "Stimme der Verwaltungsleitung",
    "minutes_word": "Wort für das Protokoll",
    "written_motion": "Wortlaut vor der Abstimmung",
    "agenda_extension": "Erweiterung der Tagesordnung",
    "agenda_extension_condition": "Erweiterung der Tagesordnung: Voraussetzung",
    "non_public_readers": "Abgeordnete und Mitglieder kraft Amtes",
    "recusal_word": "Wort für die Befangenheit",
    "recusal_leave_room": "Verlassen des Raums",
    "recusal_decisive": "Folge eines Verstoßes",
    "recusal_withdraws_papers": "Unterlagen bei Befangenheit",
    "head_excluded": "Ohne Stimme der Verwaltungsleitung",
    "chair_in_room": "Vorsitz bei Videokonferenz",
}
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Tagesordnung und Niederschrift",
        ("agenda_extension", "agenda_extension_condition", "written_motion", "minutes_word"),
    ),
    ("Wer stimmt mit", ("member_votes", "head_excluded")),
    ("Teilnahme per Video", ("chair_in_room",)),
    ("Eilentscheidung", ("urgent",)),
    ("Nichtöffentliche Unterlagen", ("non_public_readers",)),
    (
        "Befangenheit",
        ("recusal_word", "recusal_leave_room", "recusal_decisive", "recusal_withdraws_papers"),
    ),
)
_COUNTS = {
    "cast": "mehr Ja- als Nein-Stimmen",
    "members": "mehr als die Hälfte der Mitglieder",
    "two_thirds_members": "zwei Drittel der Mitglieder",
}
_CHOICES: Mapping[str, Mapping[object, str]] = {
    "citizens": {
        True: "beschlussfähig nur, solange mehr Mitglieder der Vertretung als stimmberechtigte "
        "sachkundige Bürgerinnen und Bürger anwesend sind",
        False: "ohne Bedeutung",
    },
    "public": {True: "öffentlich", False: "nicht öffentlich", "house": "regelt die Kommune"},
    "head_votes": {True: "stimmt mit", False: "keine Stimme"},
    "called_by": {"head": "durch die Verwaltungsleitung", "chair": "durch den Vorsitz"},
    "head_signs_minutes": {
        True: "Vorsitz, Protokollführung und Verwaltungsleitung",
        False: "Vorsitz und Protokollführung",
    },
    "chair_in_room": {True: "nur im Sitzungsraum", False: "auch zugeschaltet"},
    "written_motion": {True: "muss schriftlich feststehen", False: "muss bestimmbar sein"},
    "non_public_readers": {
        "all_deputies": "lesen die Unterlagen aller Gremien",
        "members_of_body": "lesen die Unterlagen der eigenen Gremien",
    },
    "reads": {
        "every_body": "lesen die Unterlagen aller Gremien",
        "own_body": "lesen die Unterlagen der eigenen Gremien",
    },
    "member_votes": {
        "voting": "stimmberechtigt",
        "advisory": "beratend, ohne Stimme",
        "by_appointment": "je nach Bestellung mit Stimme oder beratend",
    },
    "recusal_leave_room": {
        "always": "immer",
        "closed_part": "im nichtöffentlichen Teil; im öffentlichen Platz bei den Zuhörenden",
    },
    "recusal_decisive": {
        True: "nur erheblich, wenn die Stimme das Ergebnis entschieden hat",
        False: "immer erheblich",
    },
    "recusal_withdraws_papers": {True: "werden entzogen", False: "bleiben lesbar"},
}


def rule_path(path: str) -> str:
    """Return the path of the rule that a house rule changes, whole or in one entry."""
    head, _, key = path.rpartition(".")
    return head if is_table_key(head, key) else path


def label_of(path: str) -> str:
    """Return the German label of a rule, without the body it is for."""
    rule, key = rule_of(path), path.rpartition(".")[2]
    if rule in ("reads", "member_votes"):
        return _MEMBERS[key]
    if rule == "urgent":
        return "Hauptausschuss" if key == "main_committee" else "Verwaltungsleitung"
    return _LABELS[rule]


def topics(names: Names) -> list[tuple[str, tuple[str, ...]]]:
    """Return the headings with the beginnings of the paths below them, bodies first."""
    bodies = [
        (names[kind], tuple(f"bodies.{kind.value}.{leaf}" for leaf in BODY_LEAVES))
        for kind in CommitteeKind
    ]
    return [*bodies, *_TOPICS]


def belongs(path: str, beginnings: tuple[str, ...]) -> bool:
    """Say whether a rule stands under a heading of `topics`."""
    group = path.partition(".")[0]
    return path in beginnings or (group in KEYED and group in beginnings)


def value_words(path: str, value: Any, names: Names) -> str:
    """Return the value of the rule at `path` in German words; `names` are those of the bodies."""
    rule = rule_of(path)
    if rule in _CHOICES:
        return _CHOICES[rule][value]
    if rule == "inherits":
        return f"wie {names[CommitteeKind(value)]}"
    if rule == "mandatory_before":
        return f"bereitet vor: {names[CommitteeKind(value)]}"
    writer = _TABLES.get(rule)
    return writer(value) if writer else str(value)


def _majority(value: Mapping[str, Any]) -> str:
    abstention = "nicht zulässig" if value["abstention"] == "forbidden" else "zulässig"
    tie = f"bei Stimmengleichheit abgelehnt{_cited(value.get('tie_paragraph'))}"
    return f"{_COUNTS[value['counts']]}; {tie}; Enthaltung {abstention}"


def _quorum(value: Mapping[str, Any]) -> str:
    half = "die Hälfte" if value.get("at_least_half") else "mehr als die Hälfte"
    base = "besetzten Sitze" if value.get("base") == "seats" else "gesetzlichen Mitgliederzahl"
    parts = [f"{half} der {base} anwesend"]
    if value.get("recused_lower_base"):
        parts.append("Ausgeschlossene zählen nicht zu dieser Zahl")
    if value.get("empty_third"):
        parts.append("bleibt mehr als die Hälfte der Sitze leer: ein Drittel")
    parts.append(
        "gilt, bis sie angezweifelt wird" if value["presumed"] else "bei jeder Abstimmung zu prüfen"
    )
    ends = ["unter einem Drittel"] if value.get("floor_third") else []
    ends += [f"unter {value['floor']} Anwesenden"] if value.get("floor") else []
    if ends:
        parts.append(f"endet von Amts wegen {' oder '.join(ends)}")
    return "; ".join(parts)


def _present(value: Mapping[str, Any]) -> str:
    floor = value.get("floor", 0)
    number = f"ab {floor} Anwesenden" if floor else "ohne Rücksicht auf die Zahl der Anwesenden"
    approval = value.get("approval")
    return f"{number}; nötig: {approval}" if approval else number


def _second(value: Mapping[str, Any]) -> str:
    return f"{_present(value)}, wenn die Ladung darauf hinweist; nur für zurückgestellte Punkte"


def _vote_mode(value: Mapping[str, Any]) -> str:
    never = value["secret"] == NEVER
    parts = [
        VoteMode(value["default"]).label,
        "nie geheim" if never else "geheim" + _demand(value, "secret"),
        "namentlich" + _demand(value, "roll_call"),
    ]
    if value.get("secret_first"):
        parts.append("geheim geht vor namentlich")
    return "; ".join(parts)


def _demand(value: Mapping[str, Any], mode: str) -> str:
    share = value.get(f"{mode}_share")
    if share:
        return f" auf Verlangen von {share_words(share)} der Mitglieder"
    return " nach der Geschäftsordnung"


def _notice(value: Mapping[str, Any]) -> str:
    days = value.get("days")
    parts = [_days(days) if days is not None else "nach der Geschäftsordnung"]
    if value.get("least_days"):
        parts.append(f"mindestens {_days(value['least_days'])}")
    if value.get("first_meeting_days"):
        parts.append(f"erste Sitzung der Wahlperiode: {_days(value['first_meeting_days'])}")
    if value.get("shortened"):
        parts.append(f"kürzer: {value['shortened']}")
    return "; ".join(parts)


def _urgent(value: Mapping[str, Any]) -> str:
    then = {
        "note": "danach Unterrichtung",
        "approval": "danach Genehmigung in der nächsten Sitzung",
    }
    parts = [value["condition"], value.get("with_words", ""), then[value["then"]]]
    if value.get("revocable"):
        parts.append("kann aufgehoben werden")
    return "; ".join(part for part in parts if part)


def _days(days: int) -> str:
    return "1 Tag" if days == 1 else f"{days} Tage"


def _cited(paragraph: str | None) -> str:
    return f" ({paragraph})" if paragraph else ""


_TABLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "majority": _majority,
    "procedural_majority": _majority,
    "agenda_extension": _majority,
    "quorum": _quorum,
    "second_meeting": _second,
    "mass_bias": _present,
    "vote_mode": _vote_mode,
    "notice": _notice,
    "urgent": _urgent,
}
