"""In whose place somebody acts: standing deputies and absences."""

from datetime import timedelta

from django.utils import timezone

from proposals.models import Absence, CoSignature, Office, Proposal, Role
from proposals.models.standing import standing_of
from proposals.rules.co_signing import Verdict
from tests import factories as f
from tests import signing as s
from tests.factories import House

TODAY = timezone.localdate
DAY = timedelta(days=1)


def test_a_substitute_has_the_roles_of_who_is_away_and_only_meanwhile(house: House) -> None:
    treasury = house.office("treasury").pk
    s.absent(house, "treasurer", "staffer")
    who = standing_of(house.user("staffer"))
    assert who.has(Role.CO_SIGNER, treasury)
    assert who.stands_in_for(Role.CO_SIGNER, treasury) == s.person(house, "treasurer").pk
    own = house.office("staff").pk
    assert who.has(Role.CO_SIGNER, own)
    assert who.stands_in_for(Role.CO_SIGNER, own) is None
    assert standing_of(house.user("treasurer")).has(Role.CO_SIGNER, treasury), "keeps its own"


def test_an_absence_that_is_over_to_come_or_cancelled_gives_nothing(house: House) -> None:
    treasury, today = house.office("treasury").pk, TODAY()
    s.absent(house, "treasurer", "staffer", starts_on=today - 3 * DAY, ends_on=today - DAY)
    s.absent(house, "treasurer", "staffer", starts_on=today + DAY, ends_on=today + DAY)
    s.absent(house, "treasurer", "staffer", cancelled_on=today)
    assert not standing_of(house.user("staffer")).has(Role.CO_SIGNER, treasury)


def test_a_role_of_ones_own_beats_the_same_one_held_for_somebody(house: House) -> None:
    f.make_user(house, "colleague", Role.CO_SIGNER, office="treasury")
    s.absent(house, "treasurer", "colleague")
    who = standing_of(house.user("colleague"))
    assert who.stands_in_for(Role.CO_SIGNER, house.office("treasury").pk) is None


def test_who_stands_in_for_the_sitzungsdienst_keeps_every_body_in_its_place(house: House) -> None:
    s.absent(house, "secretary", "clerk")
    who = standing_of(house.user("clerk"))
    secretary = s.person(house, "secretary").pk
    social = house.committee("social").pk
    assert who.stands_in_for(Role.COMMITTEE_SECRETARY, social) == secretary
    assert social in who.minuted


def test_nobody_stands_in_across_houses(house: House) -> None:
    stranger = f.make_house("fremd")
    with f.setting_up(house.municipality):
        away = s.person(stranger, "head")
        Absence(
            person=away, substitute=s.person(house, "clerk"), starts_on=TODAY(), ends_on=TODAY()
        ).save()
    roles = {role for role, _ in standing_of(house.user("clerk")).roles}
    assert roles == {Role.CLERK}


def test_a_standing_deputy_signs_in_the_place_of_the_one(house: House) -> None:
    f.make_user(house, "colleague")
    s.deputy(house, "colleague", "treasurer")
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    f.co_sign(house, proposal, "treasury", actor="colleague")
    row = CoSignature.everything.get()
    assert row.on_behalf_of == s.person(house, "treasurer")
    assert (row.verdict, row.answered_by) == (Verdict.SIGNED, house.user("colleague"))


def test_a_substitute_sees_and_signs_and_who_is_back_signs_for_themselves(house: House) -> None:
    away = s.absent(house, "treasurer", "minutes")
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    assert Proposal.objects.visible_to(house.user("minutes")).filter(pk=proposal.pk).exists()
    with f.setting_up(house.municipality):
        away.cancelled_on = TODAY()
        away.save()
    assert not Proposal.objects.visible_to(house.user("minutes")).filter(pk=proposal.pk).exists()
    f.co_sign(house, proposal, "treasury")
    assert CoSignature.everything.get().on_behalf_of is None


def test_an_office_can_sign_while_somebody_of_it_or_a_substitute_can_log_in(house: House) -> None:
    treasury = Office.objects.that_can_sign().filter(short_name="treasury")
    assert treasury.exists()
    treasurer = house.user("treasurer")
    treasurer.is_active = False
    treasurer.save()
    assert not treasury.all().exists()
    s.absent(house, "treasurer", "staffer")
    assert treasury.all().exists()
