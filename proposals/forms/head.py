"""Whether the head of the administration votes on an item: by its subject, as the law names it."""

from typing import Any

from django import forms

from ..models import AgendaItem
from ..rules.head import has_subjects
from ..rules.law import Law
from ..rules.words import CommitteeKind


class HeadFields(forms.Form):
    """The subject and the switch; neither is asked for where the law knows no such subjects."""

    head_subject = forms.ChoiceField(label="Gegenstand", required=False)
    without_head = forms.BooleanField(
        label="Die Verwaltungsleitung stimmt bei diesem TOP nicht mit", required=False
    )

    def ask_about_the_head(self, item: AgendaItem, law: Law) -> None:
        """Offer the subjects of the law, or take both fields away; the paragraphs stand there."""
        body = CommitteeKind(item.committee.kind)
        if not has_subjects(law, body):
            del self.fields["head_subject"], self.fields["without_head"]
            return
        subjects = [(one.code, f"{one.label} ({one.paragraph})") for one in law.head_excluded]
        field = self.fields["head_subject"]
        field.choices = [("", "keiner der folgenden"), *subjects]  # type: ignore[attr-defined]
        field.help_text = (
            "Bei diesen Gegenständen nimmt das Gesetz der Verwaltungsleitung die Stimme. "
            "Ein anderer Gegenstand stellt den Schalter darunter ein."
        )
        self.fields["without_head"].help_text = words_on_the_head(item, law)

    @staticmethod
    def initial_of_head(item: AgendaItem) -> dict[str, Any]:
        """Return what is settled for an item."""
        return {"head_subject": item.head_subject, "without_head": item.without_head}

    def answer_of_head(self) -> dict[str, Any]:
        """Return both as `ChangeItemAnswer` takes them."""
        data = self.cleaned_data
        return {
            "head_subject": data.get("head_subject"),
            "without_head": data.get("without_head", False),
        }


def words_on_the_head(item: AgendaItem, law: Law) -> str:
    """Say why the head votes on an item or not, with the paragraph; "" where no law asks that.

    What the secretary settled otherwise than the law says of the subject is said as well.
    """
    body = CommitteeKind(item.committee.kind)
    known = item.head_subject if item.head_subject in {s.code for s in law.head_excluded} else ""
    if not has_subjects(law, body) or not (known or item.without_head):
        return ""
    ruling = law.head_votes_on(body, known or None)
    if ruling.votes != item.without_head:
        return ruling.sentence
    told = "stimmt nicht mit" if item.without_head else "stimmt mit"
    return f"{ruling.sentence} Für diesen TOP anders festgelegt: {told}."
