"""Puts the law of one municipality on one day together: statute rows, inheritance, house rules."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..consultation import ConsultationRole
from ..errors import RuleViolation
from ..quorum import QuorumData
from ..recusal import RecusalRules
from ..urgency import UrgentOrgan
from ..voting import MajorityRule, VoteMode
from ..words import CommitteeKind, Land, MunicipalityKind
from .data import BodyRules, Law, LawRow
from .house import laid_over
from .loader import Group, Statute, land_file
from .powers import Subject, UrgentRule
from .procedure import NoticeRule, VoteModeRules
from .rows import Rows, group_of, keyed, needed, row_at, rows_on, table, value_at


def law(
    land: Land,
    municipality_kind: MunicipalityKind,
    on: dt.date,
    overrides: Mapping[str, Any] | None = None,
) -> Law:
    """Return the law that holds on that day, with the house's rules laid over it.

    `overrides` maps a path to a value, such as `bodies.main_committee.public` to True or
    `bodies.council.notice.days` to 10. Raises RuleViolation where no law is stored for that
    day or the house may not have such a rule, LawDataError where a law file is wrong.
    """
    land, group = Land(land), group_of(municipality_kind)  # a model hands over its bare code
    if not overrides:
        return _statutory(land, group, on)
    statute, rows = rows_on(land, group, on)
    return _law(land, group, statute, laid_over(rows, overrides))


def objection_to_house_rule(
    land: Land, municipality_kind: MunicipalityKind, on: dt.date, path: str, value: Any
) -> RuleViolation | None:
    """Refuse a house rule that no law knows or that the law leaves no room for."""
    try:
        law(land, municipality_kind, on, {path: value})
    except RuleViolation as objection:
        return objection
    return None


@lru_cache(maxsize=512)
def _statutory(land: Land, group: Group, on: dt.date) -> Law:
    statute, rows = rows_on(land, group, on)
    return _law(land, group, statute, rows)


def _law(land: Land, group: Group, statute: Statute, rows: Rows) -> Law:
    written, verdicts = needed(rows, "written_motion"), land_file(land).verdicts
    names, chair = statute.names[group], rows.get("chair_in_room")
    return Law(
        land=land,
        statute=statute.statute,
        title=statute.title,
        verdicts=verdicts,
        non_public_readers=value_at(rows, "non_public_readers"),
        reads=_reads(rows),
        member_votes={key: _any(row) for key, row in keyed(rows, "member_votes")},
        minutes_word=str(needed(rows, "minutes_word").value),
        recusal_word=str(needed(rows, "recusal_word").value),
        recusal=_recusal(rows),
        written_motion=written.value is True,
        written_motion_paragraph=written.paragraph,
        agenda_extension=_majority(needed(rows, "agenda_extension")),
        agenda_extension_condition=value_at(rows, "agenda_extension_condition") or "",
        head_excluded=tuple(
            Subject(code, str(row.value), row.paragraph)
            for code, row in keyed(rows, "head_excluded")
        ),
        chair_in_room=chair.paragraph if chair and chair.value is True else "",
        urgent=tuple(_urgent(key, row, names) for key, row in keyed(rows, "urgent")),
        bodies={kind: _body(kind, names, rows, verdicts) for kind in CommitteeKind},
        rows=tuple(rows[path] for path in sorted(rows)),
    )


def _body(
    kind: CommitteeKind, names: Mapping[CommitteeKind, str], rows: Rows, verdicts: bool
) -> BodyRules:
    at = f"bodies.{kind.value}"
    majority = _majority(needed(rows, f"{at}.majority"))
    procedural = row_at(rows, f"{at}.procedural_majority")
    public = needed(rows, f"{at}.public").value
    before, head = rows.get(f"{at}.mandatory_before"), rows.get(f"{at}.head_votes")
    caller = row_at(rows, f"{at}.called_by")
    return BodyRules(
        name=names[kind],
        majority=majority,
        procedural=_majority(procedural) if procedural else majority,
        public=None if public == "house" else public is True,
        quorum=_quorum(at, rows, verdicts),
        vote_mode=_vote_mode(row_at(rows, f"{at}.vote_mode")),
        notice=_notice(row_at(rows, f"{at}.notice")),
        head_votes=head is not None and head.value is True,
        head_paragraph=head.paragraph if head else "",
        called_by=_any(caller) if caller else "chair",
        head_signs_minutes=value_at(rows, f"{at}.head_signs_minutes") is True,
        mandatory_before=CommitteeKind(str(before.value)) if before else None,
        mandatory_before_paragraph=before.paragraph if before else "",
    )


def _quorum(at: str, rows: Rows, verdicts: bool) -> QuorumData:
    row = needed(rows, f"{at}.quorum")
    second, bias = row_at(rows, f"{at}.second_meeting"), row_at(rows, f"{at}.mass_bias")
    citizens = rows.get(f"{at}.citizens")
    return QuorumData(
        paragraph=row.paragraph,
        second_meeting_paragraph=second.paragraph if second else "",
        second_meeting_floor=table(second).get("floor", 0),
        mass_bias_paragraph=bias.paragraph if bias else "",
        mass_bias_floor=table(bias).get("floor", 0),
        approval=table(bias).get("approval", ""),
        citizens_paragraph=citizens.paragraph if citizens and citizens.value else "",
        verdict=verdicts,
        **table(row),
    )


def _majority(row: LawRow) -> MajorityRule:
    return MajorityRule(paragraph=row.paragraph, **table(row))


def _vote_mode(row: LawRow | None) -> VoteModeRules:
    if row is None:
        return VoteModeRules(VoteMode.OPEN, "house")
    entries = table(row)
    return VoteModeRules(VoteMode(entries.pop("default")), paragraph=row.paragraph, **entries)


def _notice(row: LawRow | None) -> NoticeRule:
    return NoticeRule(paragraph=row.paragraph, **table(row)) if row else NoticeRule()


def _recusal(rows: Rows) -> RecusalRules:
    word = needed(rows, "recusal_word")
    leaving, decisive = row_at(rows, "recusal_leave_room"), row_at(rows, "recusal_decisive")
    return RecusalRules(
        word=str(word.value),
        paragraph=word.paragraph,
        leave_room=_any(leaving) if leaving else "always",
        leave_room_paragraph=leaving.paragraph if leaving else "",
        decisive_paragraph=decisive.paragraph if decisive and decisive.value else "",
        withdraws_papers=value_at(rows, "recusal_withdraws_papers") is True,
    )


def _urgent(organ: str, row: LawRow, names: Mapping[CommitteeKind, str]) -> UrgentRule:
    entries = table(row)
    main = organ == UrgentOrgan.MAIN_COMMITTEE
    return UrgentRule(
        organ=UrgentOrgan(organ),
        organ_name=names[CommitteeKind.MAIN_COMMITTEE] if main else UrgentOrgan.HEAD.label,
        with_words=entries.get("with_words", ""),
        condition=entries["condition"],
        then=ConsultationRole(entries["then"]),
        revocable=entries.get("revocable", False),
        paragraph=row.paragraph,
        instead_of=names[CommitteeKind.COUNCIL],
    )


def _reads(rows: Rows) -> dict[str, Any]:
    """Return whose papers each kind of member reads; the general rule is about those elected."""
    everybody = value_at(rows, "non_public_readers") == "all_deputies"
    reads: dict[str, Any] = dict.fromkeys(
        ("elected", "ex_officio"), "every_body" if everybody else "own_body"
    )
    return reads | {key: row.value for key, row in keyed(rows, "non_public_readers")}


def _any(row: LawRow) -> Any:
    return row.value
