"""Word-Vorlagen: what is in force for each kind of document; upload, try, put in force, go back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import policies
from ..documents import store
from ..documents.faults import TemplateFault
from ..documents.pdf import pdf_of
from ..documents.reference import known_filters, placeholders
from ..documents.uploads import DOCX, PDF
from ..forms.word_templates import TemplateForm
from ..models import Municipality, WordTemplate
from ..rules.errors import RuleViolation
from ..selectors.word_templates import in_force, kinds_of_documents
from ..services.word_templates import (
    NOT_YOURS,
    TEMPLATE_FORMS,
    Form,
    TemplateRefused,
    put_in_force,
    reference_groups,
    source_in_force,
    tried,
    upload_template,
    use_supplied,
)
from .common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    conflict_page,
    crumbs,
    own_house,
    say_refusal,
)
from .documents import sent_file

LIST = "word-template-list"


@require_http_methods(["GET", "HEAD", "POST"])
def word_template_list(request: HttpRequest) -> HttpResponse:
    """Show what makes the documents of the house; take in a further version."""
    house = _house(request)
    initial = {"document": request.GET.get("dokument", "")}
    form = TemplateForm(
        request.POST or None, request.FILES or None, kinds=_kinds(), initial=initial
    )
    if request.method != "POST":
        return _show_list(request, house, form)
    if not form.is_valid():
        return _show_list(request, house, form, UNPROCESSABLE)
    try:
        template = upload_template(
            actor=acting_user(request), municipality=house, answer=form.answer()
        )
    except TemplateRefused as refused:
        form.add_error(None, list(refused.faults))
        return _show_list(request, house, form, CONFLICT)
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _show_list(request, house, form, CONFLICT)
    label = TEMPLATE_FORMS[template.document].label
    messages.success(request, f"{label}, {template} ist geprüft und abgelegt.")
    return redirect("word-template-show", pk=template.pk)


@require_safe
def word_template_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version: what the check said, its file, its trial."""
    house = _house(request)
    return _show(request, house, _template(house, pk))


@require_POST
def word_template_enforce(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a version in force; an earlier one just the same."""
    house = _house(request)
    template = _template(house, pk)
    try:
        put_in_force(actor=acting_user(request), template=template)
    except TemplateRefused as refused:
        return _show(request, house, template, refused.faults, CONFLICT)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse(LIST))
    label = TEMPLATE_FORMS[template.document].label
    messages.success(request, f"{label}: {template} ist in Kraft.")
    return redirect(LIST)


@require_POST
def word_template_supplied(request: HttpRequest, document: str) -> HttpResponse:
    """Go back to the template that the program brings along."""
    house, form = _house(request), _form(document)
    try:
        use_supplied(actor=acting_user(request), municipality=house, document=form.document)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse(LIST))
    messages.success(request, f"{form.label}: Es gilt wieder die mitgelieferte Word-Vorlage.")
    return redirect(LIST)


@require_safe
def word_template_current(request: HttpRequest, document: str) -> HttpResponse:
    """Send the file that makes these documents today, to be edited."""
    house, form = _house(request), _form(document)
    try:
        source = source_in_force(house, form.document)
    except TemplateFault as fault:
        return conflict_page(request, RuleViolation(fault.message), reverse(LIST))
    return sent_file(source.data, f"{form.document}.docx", DOCX)


@require_safe
def word_template_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a version as it was uploaded."""
    template = _template(_house(request), pk)
    name = f"{template.document}_Version-{template.number}.docx"
    return sent_file(store.get(template.digest), name, DOCX)


@require_safe
def word_template_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a version filled with invented data."""
    return _sent_trial(request, pk, as_pdf=False)


@require_safe
def word_template_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the same as PDF, or say in a sentence why there is none."""
    return _sent_trial(request, pk, as_pdf=True)


def _sent_trial(request: HttpRequest, pk: int, *, as_pdf: bool) -> HttpResponse:
    house = _house(request)
    template = _template(house, pk)
    trial = tried(template)
    if trial.faults:
        return _show(request, house, template, trial.faults, CONFLICT)
    name = f"Probe_{template.document}_Version-{template.number}"
    if not as_pdf:
        return sent_file(trial.document, f"{name}.docx", DOCX)
    try:
        data = pdf_of(trial.document)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse("word-template-show", args=[pk]))
    return sent_file(data, f"{name}.pdf", PDF)


@require_safe
def word_template_placeholders(request: HttpRequest) -> HttpResponse:
    """Show everything that may stand in a template, for each kind of document."""
    _house(request)
    context = {
        "groups": [(heading, placeholders(kind)) for heading, kind in reference_groups()],
        "filters": known_filters(),
        "crumbs": crumbs(("Word-Vorlagen", reverse(LIST)), ("Platzhalter", "")),
    }
    return render(request, "proposals/word_placeholders.html", context)


def _house(request: HttpRequest) -> Municipality:
    house = own_house(request)
    if not policies.can_set_templates(request.user, house.pk):
        raise PermissionDenied(NOT_YOURS)
    return house


def _form(document: str) -> Form:
    if document not in TEMPLATE_FORMS:
        raise Http404
    return TEMPLATE_FORMS[document]


def _template(house: Municipality, pk: int) -> WordTemplate:
    rows = WordTemplate.objects.filter(municipality=house, document__in=TEMPLATE_FORMS)
    template = rows.select_related("uploaded_by__person", "municipality").filter(pk=pk).first()
    if template is None:
        raise Http404
    return template


def _kinds() -> list[tuple[str, str]]:
    return [(form.document, form.label) for form in TEMPLATE_FORMS.values()]


def _show_list(
    request: HttpRequest, house: Municipality, form: TemplateForm, status: int = 200
) -> HttpResponse:
    context = {"kinds": kinds_of_documents(house, _kinds()), "form": form}
    return render(request, "proposals/word_templates.html", context, status=status)


def _show(
    request: HttpRequest,
    house: Municipality,
    template: WordTemplate,
    faults: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    label = TEMPLATE_FORMS[template.document].label
    holding = {row.template_id: row for row in in_force(house)}
    context = {
        "template": template,
        "label": label,
        "in_force": holding.get(template.pk),
        "faults": faults,
        "crumbs": crumbs(("Word-Vorlagen", reverse(LIST)), (f"{label}, {template}", "")),
    }
    return render(request, "proposals/word_template.html", context, status=status)
