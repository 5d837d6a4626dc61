"""Forms that bring a new version of a paper on its way: Austauschfassung, Korrektur."""

from typing import Any

from django import forms

from ..models import Attachment, Proposal, SignatureMode
from ..rules.sections import Section
from ..rules.words import ProposalKind
from ..services.editorial import EditorialAnswer
from ..services.exchange import ExchangeAnswer
from .fields import Paragraphs, PlainText, RichText
from .submission import NO, YES, ReleaseForm

_TITLE = "title_"


class ExchangeForm(ReleaseForm):
    """The head's decision on an Austauschfassung, signed as a release is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision, reason = self.fields["decision"], self.fields["reason"]
        assert isinstance(decision, forms.ChoiceField)
        decision.choices = [
            (YES, "Freigeben: diese Fassung tritt an die Stelle der ausgegebenen"),
            (NO, "An die Federführung zurückgeben: die ausgegebene Fassung bleibt"),
        ]
        reason.label = "Hinweis an die Federführung"
        reason.help_text = "Nötig, wenn Sie die Fassung zurückgeben."

    def answer(self) -> ExchangeAnswer:  # type: ignore[override]  # another act, the same fields
        """Return the decision."""
        data = self.cleaned_data
        return ExchangeAnswer(
            released=data["decision"] == YES,
            remark=data["reason"],
            signature_mode=SignatureMode(data["signature_mode"]),
            signature_name=data.get("signature_name", ""),
            signature_function=data["signature_function"],
            signed_by_word=data["signed_by_word"],
        )


class EditorialForm(forms.Form):
    """The letters of a released paper: subject, texts, titles of its annexes."""

    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput)
    subject = PlainText(label="Betreff", max_length=500)
    public_subject = PlainText(label="Öffentlicher Betreff", max_length=500, required=False)

    def __init__(self, data: Any = None, *, proposal: Proposal, annexes: list[Attachment]) -> None:
        super().__init__(data)
        kind, sections = ProposalKind(proposal.kind), proposal.municipality.sections
        self.initial = {
            "revision": proposal.revision,
            "subject": proposal.subject,
            "public_subject": proposal.public_subject,
        }
        if proposal.public:
            del self.fields["public_subject"]
        self.section_names: list[str] = []
        for row in proposal.texts.filter(committee__isnull=True):
            if not row.html:
                continue
            title = sections.title(Section(row.section), kind)
            self.fields[row.section] = RichText(label=title, rows=10)
            self.initial[row.section] = row.html
            self.section_names.append(row.section)
        for annex in annexes:
            self.fields[f"{_TITLE}{annex.pk}"] = PlainText(
                label=f"Titel der Anlage {annex.position}", max_length=200
            )
            self.initial[f"{_TITLE}{annex.pk}"] = annex.title
        self.fields["reason"] = Paragraphs(
            label="Was ist korrigiert?",
            rows=2,
            help_text="Steht mit der Fassung im Verlauf.",
            error_messages={"required": "Bitte schreiben Sie, was Sie korrigiert haben."},
        )
        self._public_subject = proposal.public_subject

    def answer(self) -> EditorialAnswer:
        """Return the corrected letters."""
        data = self.cleaned_data
        titles = {name: text for name, text in data.items() if name.startswith(_TITLE)}
        return EditorialAnswer(
            subject=data["subject"],
            public_subject=data.get("public_subject", self._public_subject),
            reason=data["reason"],
            revision=data["revision"],
            texts={Section(name): data[name] for name in self.section_names},
            titles={int(name.removeprefix(_TITLE)): text for name, text in titles.items()},
        )
