"""Every rule of every Land can be said in German, and stands under exactly one heading."""

import re
from datetime import date
from itertools import product

import pytest

from proposals.rules.law import Law, label_of, law, rule_path, topics, value_words
from proposals.rules.law.phrases import belongs
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2018, 12, 17)
M = MunicipalityKind
LAWS = tuple(law(land, kind, DAY) for land, kind in product(Land, (M.KREIS, M.STADT)))
WITTMUND, BERGKAMEN, WEDEL = LAWS[0], law(Land.NW, M.STADT, DAY), law(Land.SH, M.STADT, DAY)


def names(rules: Law) -> dict[CommitteeKind, str]:
    return {kind: rules.body(kind).name for kind in CommitteeKind}


def words(rules: Law, path: str) -> str:
    row = next(row for row in rules.rows if row.path == path)
    return value_words(path, row.value, names(rules))


@pytest.mark.parametrize("rules", LAWS, ids=lambda rules: rules.statute)
def test_every_rule_has_a_label_and_words_and_one_heading(rules: Law) -> None:
    for row in rules.rows:
        said = value_words(row.path, row.value, names(rules))
        assert said
        assert not re.search(r"[{}_]|True|False|None", said), (row.path, said)
        assert label_of(row.path)
        headings = [head for head, below in topics(names(rules)) if belongs(row.path, below)]
        assert len(headings) == 1, row.path


@pytest.mark.parametrize(
    ("rules", "path", "said"),
    [
        (
            WITTMUND,
            "bodies.council.majority",
            (
                "mehr Ja- als Nein-Stimmen; bei Stimmengleichheit abgelehnt (§ 66 Abs. 1 Satz 2 "
                "NKomVG); Enthaltung zulässig"
            ),
        ),
        (
            WITTMUND,
            "bodies.council.quorum",
            (
                "mehr als die Hälfte der gesetzlichen Mitgliederzahl anwesend; gilt, bis sie "
                "angezweifelt wird"
            ),
        ),
        (
            WEDEL,
            "bodies.council.quorum",
            (
                "mehr als die Hälfte der gesetzlichen Mitgliederzahl anwesend; Ausgeschlossene "
                "zählen nicht zu dieser Zahl; bleibt mehr als die Hälfte der Sitze leer: ein "
                "Drittel; gilt, bis sie angezweifelt wird; endet von Amts wegen unter einem "
                "Drittel oder unter 3 Anwesenden"
            ),
        ),
        (
            WITTMUND,
            "bodies.council.mass_bias",
            (
                "ohne Rücksicht auf die Zahl der Anwesenden; nötig: Genehmigung der "
                "Kommunalaufsichtsbehörde"
            ),
        ),
        (
            WEDEL,
            "bodies.council.second_meeting",
            "ab 3 Anwesenden, wenn die Ladung darauf hinweist; nur für zurückgestellte Punkte",
        ),
        (WITTMUND, "bodies.main_committee.inherits", "wie Kreistag"),
        (WITTMUND, "bodies.main_committee.mandatory_before", "bereitet vor: Kreistag"),
        (
            BERGKAMEN,
            "bodies.council.vote_mode",
            (
                "offen; geheim auf Verlangen von einem Fünftel der Mitglieder; namentlich nach der "
                "Geschäftsordnung; geheim geht vor namentlich"
            ),
        ),
        (
            WITTMUND,
            "bodies.council.notice",
            "nach der Geschäftsordnung; erste Sitzung der Wahlperiode: 7 Tage",
        ),
        (
            BERGKAMEN,
            "urgent.main_committee",
            (
                "wenn der Rat nicht rechtzeitig einberufen werden kann; danach Genehmigung in der "
                "nächsten Sitzung; kann aufgehoben werden"
            ),
        ),
    ],
)
def test_rules_read_as_german_sentences(rules: Law, path: str, said: str) -> None:
    assert words(rules, path) == said


def test_an_entry_of_a_rule_belongs_to_the_rule() -> None:
    assert rule_path("bodies.council.notice.days") == "bodies.council.notice"
    assert rule_path("bodies.council.public") == "bodies.council.public"
    assert rule_path("non_public_readers.co_opted") == "non_public_readers.co_opted"
    assert rule_path("minutes_word") == "minutes_word"


def test_values_a_house_may_choose_can_be_said_too() -> None:
    plain = names(WITTMUND)
    notice = {"days": 1, "least_days": 1, "shortened": "24 Stunden"}
    assert value_words("bodies.council.notice", notice, plain) == (
        "1 Tag; mindestens 1 Tag; kürzer: 24 Stunden"
    )
    secret = {"default": "open", "secret": "forbidden", "roll_call_share": "1/7"}
    assert value_words("bodies.council.vote_mode", secret, plain) == (
        "offen; nie geheim; namentlich auf Verlangen von 1/7 der Mitglieder"
    )
    assert value_words("recusal_withdraws_papers", True, plain) == "werden entzogen"
    assert value_words("bodies.committee.citizens", False, plain) == "ohne Bedeutung"
