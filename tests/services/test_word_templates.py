"""The house's own Word templates: checked before they are kept, chosen, and gone back from."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from proposals.documents import store
from proposals.documents.checks import text_of
from proposals.documents.faults import TemplateFault
from proposals.models import Audience, Document, ProposalVersion, TemplateInForce, WordTemplate
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.documents import make_document, rendered
from proposals.services.rendering import source_of
from proposals.services.word_templates import (
    TEMPLATE_FORMS,
    TemplateAnswer,
    TemplateRefused,
    put_in_force,
    tried,
    upload_template,
    use_supplied,
)
from tests import factories as f
from tests.documents.building import template
from tests.documents.samples import TEMPLATES

BV = ProposalKind.BESCHLUSSVORLAGE.value


def upload(
    house: f.House, *blocks: str, document: str = BV, actor: str = "administrator"
) -> WordTemplate:
    return upload_template(
        actor=house.user(actor),
        municipality=house.municipality,
        answer=TemplateAnswer(document, "Vorlage neu.docx", template(*blocks), " neues Wappen "),
    )


def enforce(house: f.House, version: WordTemplate) -> TemplateInForce:
    return put_in_force(actor=house.user("administrator"), template=version)


def test_a_sound_template_is_kept_as_a_version_and_makes_nothing_yet(house: f.House) -> None:
    first = upload(house, "{{ betreff }}")
    second = upload(house, "{{ betreff }}", "{{ nummer }}")
    assert [first.number, second.number] == [1, 2]
    assert (first.note, first.file_name) == ("neues Wappen", "Vorlage neu.docx")
    assert first.uploaded_by == house.user("administrator")
    assert store.get(second.digest) == template("{{ betreff }}", "{{ nummer }}")
    assert not TemplateInForce.objects.exists()
    other = upload(house, "{{ betreff }}", document="antrag")
    assert other.number == 1, "each kind of document counts for itself"

    with pytest.raises(RuleViolation, match="ist schon da: Beschlussvorlage, Version 1"):
        upload(house, "{{ betreff }}")


def test_a_template_at_fault_leaves_nothing_behind(house: f.House) -> None:
    with pytest.raises(TemplateRefused) as refused:
        upload(house, "{{ betref }}", "{{ kommun }}")
    assert len(refused.value.faults) == 2
    assert "gemeint ist wohl „betreff“" in refused.value.faults[0]
    assert not WordTemplate.objects.exists()


def test_a_number_that_is_typed_into_a_template_is_no_fit_for_all_papers(house: f.House) -> None:
    pattern = house.municipality.pattern
    assert pattern.found_in("0099/2024") == ["0099/2024"]
    with pytest.raises(TemplateRefused) as refused:
        upload(house, "Vorlage 0099/2024", "{{ betreff }}")
    assert refused.value.faults == (
        "In der Vorlage steht fest die Nummer 0099/2024; bitte {{ nummer }} schreiben.",
    )
    assert upload(house, "Vorlage {{ nummer }}").number == 1


@pytest.mark.parametrize("who", ["clerk", "secretary", "head"])
def test_only_the_master_data_may_change_templates(house: f.House, who: str) -> None:
    version = upload(house, "{{ betreff }}")
    actor = house.user(who)
    with pytest.raises(PermissionDenied):
        upload(house, "{{ nummer }}", actor=who)
    with pytest.raises(PermissionDenied):
        put_in_force(actor=actor, template=version)
    with pytest.raises(PermissionDenied):
        use_supplied(actor=actor, municipality=house.municipality, document=BV)


def test_what_is_in_force_makes_the_document_and_is_recorded_with_it(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route")
    version = ProposalVersion.everything.get(proposal=proposal)
    supplied = rendered(version, Audience.INTERNAL)

    first = upload(house, "Erste {{ betreff }}")
    assert rendered(version, Audience.INTERNAL).data == supplied.data
    enforce(house, first)
    assert text_of(rendered(version, Audience.INTERNAL).data) == f"Erste {proposal.subject}"
    actor = house.user("secretary")
    document = make_document(actor=actor, version=version, audience=Audience.INTERNAL)
    assert document.template_digest == first.digest

    second = upload(house, "Zweite {{ betreff }}")
    enforce(house, second)
    assert text_of(rendered(version, Audience.INTERNAL).data) == f"Zweite {proposal.subject}"
    with pytest.raises(RuleViolation, match="ist schon in Kraft"):
        enforce(house, second)
    enforce(house, first)
    assert text_of(rendered(version, Audience.INTERNAL).data) == f"Erste {proposal.subject}"

    use_supplied(actor=house.user("administrator"), municipality=house.municipality, document=BV)
    assert rendered(version, Audience.INTERNAL).data == supplied.data
    with pytest.raises(RuleViolation, match="schon die mitgelieferte"):
        use_supplied(
            actor=house.user("administrator"), municipality=house.municipality, document=BV
        )
    kept = Document.everything.filter(version=version, audience=Audience.INTERNAL)
    assert first.digest in kept.values_list("template_digest", flat=True)


def test_a_version_is_never_changed_or_deleted(house: f.House) -> None:
    version = upload(house, "{{ betreff }}")
    for attempt in (version.delete, version.save):
        with pytest.raises((DatabaseError, RuntimeError)), transaction.atomic():
            attempt()
    assert WordTemplate.objects.count() == 1


def test_a_lost_file_is_named_and_no_other_takes_its_place(house: f.House) -> None:
    version = upload(house, "{{ betreff }} verloren")
    enforce(house, version)
    path = store.path_of(version.digest)
    kept = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(
            TemplateFault, match=r"vorlage\.docx, Version 1: Die Word-Vorlage lässt"
        ):
            source_of(house.municipality.slug, BV)
    finally:
        store.put(kept)


def test_the_upload_wins_over_the_folder_and_the_folder_over_the_neutral_one(
    house: f.House,
) -> None:
    enforce(house, upload(house, "Die des Hauses: {{ betreff }}"))
    own = source_of("wittmund", BV)
    assert own.data == (TEMPLATES / "wittmund" / f"{BV}.docx").read_bytes()
    assert source_of("nirgendwo", BV).name.startswith("neutral/")
    assert "Die des Hauses" in text_of(source_of(house.municipality.slug, BV).data)
    wittmund = f.make_house("wittmund")
    enforce(wittmund, upload(wittmund, "{{ betreff }}"))
    assert source_of("wittmund", BV).data == template("{{ betreff }}")


def test_every_kind_of_document_has_its_form_and_its_trial(house: f.House) -> None:
    supplied = {path.stem for path in TEMPLATES.glob("*/*.docx")} - {"vorlage"}
    assert supplied <= set(TEMPLATE_FORMS)
    assert set(TEMPLATE_FORMS) - supplied <= {kind.value for kind in ProposalKind}
    assert TEMPLATE_FORMS["protokoll"].label == "Protokoll"
    version = upload(house, "{{ vorsitz }} {{ sitzung }}", document="protokoll")
    done = tried(version)
    assert done.faults == ()
    assert done.text == "Vorsitz 12. Sitzung"
