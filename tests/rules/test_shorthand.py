from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.shorthand import HELP, Shorthand, read, sentence
from proposals.rules.voting import MajorityRule, Tally, VoteMode, VoteWord, objection_to_tally

NI = MajorityRule("cast", "lost", "allowed", "§ 66 Abs. 1 Satz 1 NKomVG")
OF_MEMBERS = replace(NI, counts="members")
BY = replace(NI, abstention="forbidden")
BODIES = {"ka": 1, "soz": 2, "werks-a": 3}
NAMES = {1: "Kreisausschuss", 2: "Sozialausschuss", 3: "Werksausschuss"}
R = ConsultationRole


def typed(
    text: str, *, entitled: int | None = 43, role: ConsultationRole | None = R.DECISION
) -> Shorthand:
    return read(text, entitled=entitled, role=role, bodies=BODIES)


def refused(
    text: str, *, entitled: int | None = 43, role: ConsultationRole | None = R.DECISION
) -> str:
    with pytest.raises(RuleViolation) as caught:
        typed(text, entitled=entitled, role=role)
    assert caught.value.field == "result"
    assert not caught.value.waivable
    return caught.value.message


def preview(
    text: str,
    *,
    role: ConsultationRole | None = R.PRELIMINARY,
    majority: MajorityRule | None = NI,
    members: int | None = 43,
    changed: bool = False,
) -> str:
    return sentence(
        typed(text, role=role),
        majority=majority,
        members=members,
        role=role,
        changed=changed,
        names=NAMES,
    )


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("e", Tally(43, 0, 0)),
        ("e2", Tally(41, 0, 2)),
        ("E 2", Tally(41, 0, 2)),
        ("30 8 4", Tally(30, 8, 4, not_voted=1)),
        ("30 8", Tally(30, 8, 0, not_voted=5)),
        ("30/8/4", Tally(30, 8, 4, not_voted=1)),
        ("30:8:4", Tally(30, 8, 4, not_voted=1)),
        (" 30 - 8;4 ", Tally(30, 8, 4, not_voted=1)),
        ("n8 e4", Tally(31, 8, 4)),
        ("n8", Tally(35, 8, 0)),
        ("N 8, e 4", Tally(31, 8, 4)),
        ("e4 n8", Tally(31, 8, 4)),
        ("m n8 e4", Tally(None, 8, 4)),
        ("m n8", Tally(None, 8, 0)),
        ("m n0 e2", Tally(None, 0, 2)),
        ("ea", Tally(0, 43, 0)),
        ("ea2", Tally(0, 41, 2)),
    ],
)
def test_a_count_is_typed_in_few_keys(text: str, tally: Tally) -> None:
    assert typed(text) == Shorthand(tally=tally)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("m", VoteWord.MAJORITY),
        ("ma", VoteWord.LOST_MAJORITY),
        ("ew", VoteWord.UNANIMOUS),
        ("eaw", VoteWord.LOST_UNANIMOUS),
    ],
)
def test_a_house_that_counts_nothing_types_its_word(text: str, word: VoteWord) -> None:
    assert typed(text, entitled=None) == Shorthand(word=word)


def test_a_secret_vote_has_its_ballots() -> None:
    secret = typed("g 30 8 4 u1")
    assert secret.mode == VoteMode.SECRET
    assert secret.tally == Tally(30, 8, 4, invalid=1)
    assert (secret.cast, secret.invalid) == (43, 1)
    assert typed("g 30 8").cast == 38
    assert typed("g 30 8").invalid == 0
    assert refused("g e").startswith("„e“ passt hier nicht.")
    assert refused("g 40 4 0") == "44 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("k", Outcome.NOTED),
        ("V", Outcome.POSTPONED),
        ("a", Outcome.REMOVED),
        ("z", Outcome.RETURNED),
        ("l", Outcome.SETTLED),
        ("b", Outcome.NO_QUORUM),
        ("zz", Outcome.WITHDRAWN),
        ("w", Outcome.ELECTED),
        ("bn", Outcome.APPOINTED),
    ],
)
def test_a_letter_stands_for_each_outcome_without_a_vote(text: str, outcome: Outcome) -> None:
    assert typed(text, entitled=None) == Shorthand(outcome=outcome)


def test_an_outcome_that_the_body_cannot_have_here_is_refused() -> None:
    assert typed("o", role=R.PRELIMINARY).outcome == Outcome.WITHOUT_RECOMMENDATION
    assert "kein Ergebnis einer Beratung zur Entscheidung" in refused("o")
    assert "kein Ergebnis" in refused("o", role=None)


def test_a_referral_names_its_bodies_by_their_short_names() -> None:
    assert typed("> KA") == Shorthand(outcome=Outcome.REFERRED, refer_to=(1,))
    assert typed(">>Soz, werks-a,soz") == Shorthand(
        outcome=Outcome.REFERRED, refer_to=(2, 3), refer_back=True
    )
    assert refused("> Bau") == (
        "Das Gremium „Bau“ kenne ich nicht. Möglich sind: KA, SOZ, WERKS-A."
    )
    assert "wohin verwiesen wird" in refused(">")
    with pytest.raises(RuleViolation, match="Möglich sind: keine"):
        read("> KA", entitled=43, role=R.DECISION)


def test_the_chair_may_have_announced_the_contrary_of_a_count() -> None:
    assert typed("20 20 3!").contrary
    assert typed("n8 !").contrary
    for text in ("k!", "m!", "> KA!"):
        assert refused(text).startswith("„!“ gehört hinter gezählte Stimmen")
    assert refused("20 20 3!", role=R.NOTE).startswith("„!“ gehört hinter gezählte Stimmen")


def test_an_unknown_abbreviation_is_named_with_those_there_are() -> None:
    assert refused("x9") == (
        "„x9“ kenne ich nicht. Möglich sind: 30 8 4, e, n8, m, ea, ma, ew, eaw, g 30 8 4, k, v, a, "
        "o, z, l, b, zz, w, bn, > KA."
    )
    for text in ("k2", "u1", "e X", "-3 4", "1000 2", "30e4", "²", "٣ ٤"):
        assert "kenne ich nicht" in refused(text)
    assert "„xxxxxxxxxxxxxxxxxxxx…“" in refused("x" * 5000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Bitte ein Ergebnis eingeben, zum Beispiel „e“ oder „30 8 4“."),
        (" ! ", "Bitte ein Ergebnis eingeben, zum Beispiel „e“ oder „30 8 4“."),
        ("30", "Bitte Ja, Nein und Enthaltungen angeben, zum Beispiel „30 8 4“."),
        ("n", "Bitte die Zahl der Gegenstimmen angeben, zum Beispiel „n8 e4“."),
        ("m e4", "„m“ braucht dann auch die Gegenstimmen, zum Beispiel „m n3 e2“."),
        ("30 8 4 2", "„2“ passt hier nicht. Richtig ist zum Beispiel „30 8 4“."),
        ("m 3", "„3“ passt hier nicht. Richtig ist zum Beispiel „m n8 e4“."),
        ("n8 n9", "„n9“ passt hier nicht. Richtig ist zum Beispiel „n8 e4“."),
        ("e n", "„n“ passt hier nicht. Richtig ist zum Beispiel „e2“."),
        ("k v", "„v“ passt hier nicht. Richtig ist zum Beispiel „k“."),
        ("0 0 0", "Es ist noch keine Stimme eingetragen."),
        ("m n40", "Bei so vielen Gegenstimmen müssen auch die Ja-Stimmen gezählt werden."),
        ("40 8 4", "52 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."),
        ("e50", "50 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."),
        ("n40 e4", "44 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."),
        ("ea44", "44 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."),
    ],
)
def test_what_is_incomplete_or_cannot_be_is_refused_with_a_sentence(
    text: str, message: str
) -> None:
    assert refused(text) == message


def test_without_attendance_only_what_is_counted_in_full_can_be_read() -> None:
    for text in ("e", "e2", "n8 e4", "ea"):
        assert refused(text, entitled=None) == (
            "Bitte zuerst die Anwesenheit erfassen oder Ja, Nein und Enthaltungen angeben."
        )
    assert typed("30 8 4", entitled=None).tally == Tally(30, 8, 4)
    assert typed("m n8 e4", entitled=None).tally == Tally(None, 8, 4)
    assert refused("0 0", entitled=None) == "Es ist noch keine Stimme eingetragen."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("e", "einstimmig → empfohlen"),
        ("e2", "einstimmig bei 2 Enthaltungen → empfohlen"),
        (
            "30 8 4",
            "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen), 1 nicht teilgenommen → empfohlen",
        ),
        ("m n3 e2", "mehrheitlich bei 3 Gegenstimmen und 2 Enthaltungen → empfohlen"),
        ("ma", "mehrheitlich abgelehnt → nicht empfohlen"),
        (
            "20 20 3",
            "bei Stimmengleichheit abgelehnt (20 Ja, 20 Nein, 3 Enthaltungen) → nicht empfohlen",
        ),
        (
            "20 20 3!",
            (
                "bei Stimmengleichheit abgelehnt (20 Ja, 20 Nein, 3 Enthaltungen) "
                "→ vom Vorsitz festgestellt: empfohlen"
            ),
        ),
        (
            "g 30 8 4 u1",
            "geheim: mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen, 1 ungültig) → empfohlen",
        ),
        ("v", "vertagt"),
        ("o", "ohne Beschlussempfehlung weitergeleitet"),
        (">> KA, Soz", "verwiesen an Kreisausschuss, Sozialausschuss, danach hier erneut"),
    ],
)
def test_the_sentence_stands_there_before_anything_is_saved(text: str, said: str) -> None:
    assert preview(text) == said


def test_the_role_of_the_body_gives_the_outcome_its_word() -> None:
    assert preview("e", role=R.DECISION) == "einstimmig → beschlossen"
    assert preview("e", role=R.DECISION, changed=True) == "einstimmig → geändert beschlossen"
    assert preview("ea", role=R.DECISION) == "einstimmig abgelehnt → abgelehnt"
    assert preview("e", role=None) == "einstimmig → beschlossen"
    assert preview("k", role=R.NOTE) == "zur Kenntnis genommen"
    assert preview("n8", role=R.NOTE).endswith("→ zur Kenntnis genommen")


def test_a_land_without_a_verdict_only_counts() -> None:
    counted = "30 Ja, 8 Nein, 5 Enthaltungen (nur Zählung) → empfohlen"
    assert preview("30 8 5", majority=None) == counted
    assert preview("m n3 e1", majority=None) == (
        "3 Gegenstimmen, 1 Enthaltung (nur Zählung) → empfohlen"
    )
    assert preview("20 20", majority=None).endswith("→ nicht empfohlen")
    assert preview("m", majority=None) == "mehrheitlich → empfohlen"
    assert preview("30 8 5", majority=OF_MEMBERS, members=None) == counted


def test_votes_that_the_majority_does_not_know_are_said_and_not_raised() -> None:
    assert preview("30 8 5", majority=BY).startswith("Stimmenthaltung ist nicht zulässig.")
    assert "Ja-Stimmen gezählt" in preview("m n3", majority=OF_MEMBERS)


def test_a_referral_to_bodies_without_a_name_is_a_referral_all_the_same() -> None:
    refer = typed("> KA")
    assert sentence(refer, majority=NI, members=43, role=R.DECISION) == "verwiesen"


def test_the_help_knows_every_abbreviation_and_its_examples_can_be_typed() -> None:
    forms = [form for shown, _ in HELP for form in shown.split(", ")]
    assert len(forms) == len(set(forms))
    for form in forms:
        role = R.PRELIMINARY if form == "o" else R.DECISION
        assert isinstance(typed(form, role=role), Shorthand)
    assert all(meaning for _, meaning in HELP)


numbers = st.integers(0, 50)
blanks = st.sampled_from([" ", "  ", "/", ":", "-", ";", " ; ", ", "])
alone = st.sampled_from([*"emgnkvaozlbw>!", "ea", "ma", "ew", "zz", "bn", ">>", "x9"])
short_names = st.sampled_from([*BODIES, "", "Bau"])
texts = st.one_of(
    alone,
    st.builds("{}{}{}{}{}".format, numbers, blanks, numbers, blanks, numbers),
    st.builds("{}{}{}".format, numbers, blanks, numbers),
    st.builds("g {} {} {} u{}".format, numbers, numbers, numbers, numbers),
    st.builds("{}{}".format, st.sampled_from(["e", "ea", "n", "m n", "E ", "N "]), numbers),
    st.builds("{}n{} e{}".format, st.sampled_from(["", "m ", "M "]), numbers, numbers),
    st.builds(
        "{}{},{}".format, st.sampled_from([">", ">>"]), *[st.sampled_from([*BODIES, ""])] * 2
    ),
    st.text(alphabet="eanmguk 0123!>/,ßſK²\n", max_size=12),
    st.text(max_size=12),
)
majorities = st.sampled_from([None, NI, OF_MEMBERS, replace(NI, counts="two_thirds_members"), BY])


@given(
    text=texts,
    contrary=st.booleans(),
    entitled=st.none() | st.integers(0, 60),
    role=st.none() | st.sampled_from(ConsultationRole),
    majority=majorities,
    members=st.none() | st.integers(0, 60),
    changed=st.booleans(),
)
def test_whatever_is_typed_is_a_result_with_a_sentence_or_is_refused_with_one(
    text: str,
    contrary: bool,
    entitled: int | None,
    role: ConsultationRole | None,
    majority: MajorityRule | None,
    members: int | None,
    changed: bool,
) -> None:
    typed_text = f"{text}!" if contrary else text
    shorthand = read_or_refuse(typed_text, entitled, role)
    if isinstance(shorthand, RuleViolation):
        assert shorthand.field == "result"
        assert shorthand.message.endswith(".")
        return
    assert sentence(shorthand, majority=majority, members=members, role=role, changed=changed)
    assert (shorthand.outcome, shorthand.tally, shorthand.word).count(None) == 2
    if shorthand.tally is not None and entitled is not None:
        assert shorthand.tally.counted <= entitled
        assert objection_to_tally(shorthand.tally, entitled) is None


def read_or_refuse(
    text: str, entitled: int | None, role: ConsultationRole | None
) -> Shorthand | RuleViolation:
    try:
        return read(text, entitled=entitled, role=role, bodies=BODIES)
    except RuleViolation as objection:
        return objection
