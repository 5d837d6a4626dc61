"""The house's own Word templates: uploaded, tried, put in force, and back to an earlier version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils import timezone

from .. import policies
from ..documents import store
from ..documents.context import ProposalContext
from ..documents.context_pack import PackContext
from ..documents.samples import TEXTS
from ..documents.trial import Trial, trial
from ..history.acts import Act
from ..history.journal import event
from ..models import Municipality, TemplateInForce, User, WordTemplate
from ..rules.errors import RuleViolation
from ..rules.words import ProposalKind
from .common import changed, require
from .meeting_documents import FORMS
from .meeting_lists import LIST_FORMS
from .rendering import Source, source_of

_LABELS = {
    "auszuege": "Alle Beschlussauszüge einer Sitzung",
    "bekanntmachung": "Öffentliche Bekanntmachung",
    "beschlusstext": "Beschlusstext nach Beratung",
    "sitzungsmappe": "Sitzungsmappe, Inhalt",
}
NOT_YOURS = "Word-Vorlagen pflegt die Verwaltung der Stammdaten."


@dataclass(frozen=True)
class Form:
    """A kind of document that is made from a Word template: its name, and what it may print."""

    document: str
    label: str
    context_type: Any


def _forms() -> dict[str, Form]:
    papers = [Form(kind.value, kind.label, ProposalContext) for kind in ProposalKind]
    of_meetings = (*FORMS.values(), *LIST_FORMS.values(), ("sitzungsmappe", PackContext))
    meetings = [
        Form(name, _LABELS.get(name, name.capitalize()), hint) for name, hint in of_meetings
    ]
    return {form.document: form for form in (*papers, *meetings)}


TEMPLATE_FORMS: Mapping[str, Form] = _forms()


def reference_groups() -> list[tuple[str, Any]]:
    """Return a heading and the type of context for each group of documents that share one."""
    groups: dict[Any, list[str]] = {}
    for form in TEMPLATE_FORMS.values():
        groups.setdefault(form.context_type, []).append(form.label)
    return [(", ".join(labels), context_type) for context_type, labels in groups.items()]


class TemplateRefused(RuleViolation):
    """A template that cannot be used; `faults` holds a sentence for each reason."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("Die Word-Vorlage wurde nicht angenommen.", field="file")
        self.faults = faults


@dataclass(frozen=True)
class TemplateAnswer:
    """A file as it was uploaded, for which kind of document, and what is new in it."""

    document: str
    file_name: str
    data: bytes
    note: str = ""


def upload_template(
    *, actor: User, municipality: Municipality, answer: TemplateAnswer
) -> WordTemplate:
    """Keep a further version of a template; it makes no document until it is put in force.

    Raises TemplateRefused with everything the check found, RuleViolation for a file that is there.
    """
    require(policies.can_set_templates(actor, municipality.pk), NOT_YOURS)
    form = TEMPLATE_FORMS[answer.document]
    tried = _sound(municipality, form, answer.data)
    digest = store.put(answer.data)
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        _lock(municipality)
        versions = WordTemplate.objects.filter(municipality=municipality, document=form.document)
        if (same := versions.filter(digest=digest).first()) is not None:
            raise RuleViolation(f"Diese Datei ist schon da: {form.label}, {same}.", field="file")

        last: int = versions.aggregate(last=Max("number"))["last"] or 0
        template = WordTemplate(
            municipality=municipality,
            document=form.document,
            number=last + 1,
            file_name=answer.file_name,
            digest=digest,
            size=len(answer.data),
            note=answer.note.strip(),
            remarks=list(tried.remarks),
            uploaded_by=actor,
            uploaded_at=timezone.now(),
        )
        template.save()
    return template


def put_in_force(*, actor: User, template: WordTemplate) -> TemplateInForce:
    """Make the house's documents of this kind from this version from now on, old or new.

    It is tried once more: since the upload the program may have changed. Raises TemplateRefused.
    """
    house = template.municipality
    require(policies.can_set_templates(actor, house.pk), NOT_YOURS)
    _sound(house, TEMPLATE_FORMS[template.document], store.get(template.digest))
    with event(actor, Act.MASTER_DATA_CHANGED, house):
        _lock(house)
        rows = TemplateInForce.objects.filter(municipality=house, document=template.document)
        row = rows.first() or TemplateInForce(municipality=house, document=template.document)
        if row.template_id == template.pk:
            raise RuleViolation(f"{template} ist schon in Kraft.")

        changed(row, template=template, since=timezone.now())
    return row


def use_supplied(*, actor: User, municipality: Municipality, document: str) -> None:
    """Let the template that the program brings along make these documents again."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_templates(actor, municipality.pk), NOT_YOURS)
        _lock(municipality)
        row = TemplateInForce.objects.filter(municipality=municipality, document=document).first()
        if row is None:
            raise RuleViolation("Hier gilt schon die mitgelieferte Word-Vorlage.")

        row.delete()


def tried(template: WordTemplate) -> Trial:
    """Fill a version with invented data, in a child process."""
    return trial(store.get(template.digest), TEMPLATE_FORMS[template.document].context_type)


def source_in_force(house: Municipality, document: str) -> Source:
    """Return the file that makes a house's documents of a kind today."""
    return source_of(house.slug, document)


def _sound(house: Municipality, form: Form, data: bytes) -> Trial:
    """Return the trial of a template; raises TemplateRefused with all that is wrong with it."""
    done = trial(data, form.context_type)
    invented = set(house.pattern.found_in("\n".join(TEXTS.values())))
    numbers = [
        f"In der Vorlage steht fest die Nummer {number}; bitte {{{{ nummer }}}} schreiben."
        for number in sorted(set(house.pattern.found_in(done.text)) - invented)
    ]
    if faults := (*done.faults, *numbers):
        raise TemplateRefused(faults)
    return done


def _lock(house: Municipality) -> None:
    """Hold the house's row still: version numbers are counted under this lock."""
    Municipality.objects.select_for_update(no_key=True).get(pk=house.pk)
