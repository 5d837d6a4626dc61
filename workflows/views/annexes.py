"""The annexes of the draft form: removed, ordered and described, taken over, added."""

from django.http import HttpRequest, QueryDict

from proposals.forms.annexes import PREFIX, annex_words, removed_annexes
from proposals.models import Proposal
from proposals.services.attachments import (
    AnnexWords,
    StoredFile,
    attach,
    describe_attachments,
    detach,
)
from proposals.views.common import acting_user

from .desk import Desk, kept, stored


def change_annexes(request: HttpRequest, desk: Desk, proposal: Proposal) -> None:
    """Do to the annexes of a saved draft what its form says; raises RuleViolation."""
    actor, data = acting_user(request), desk.form.cleaned_data
    gone = removed_annexes(desk.annexed)
    for row in kept(proposal).filter(pk__in=gone):
        detach(actor=actor, attachment=row)
    words = annex_words(desk.annexed)
    if words and words != _said(proposal):
        describe_attachments(actor=actor, proposal=proposal, answer=words)
    for row in desk.begun.annexes:
        if row.pk in (data.get("take_annexes") or []):
            attach(
                actor=actor,
                proposal=proposal,
                title=row.title,
                file_name=row.file_name,
                file=StoredFile(row.digest, row.media_type, row.size),
                public=row.public,
                alt_text=row.alt_text,
            )
    upload = data.get("attachment")
    if upload is not None:
        attach(
            actor=actor,
            proposal=proposal,
            title=data["attachment_title"],
            file_name=upload.name,
            file=stored(upload),
            public=data["attachment_public"],
            alt_text=data["attachment_alt"],
        )


def without_annexes(typed: QueryDict) -> QueryDict:
    """Return what was typed besides the annexes, which are saved already."""
    data = typed.copy()
    for name in typed:
        if name.startswith((f"{PREFIX}-", "attachment_")):
            del data[name]
    return data


def _said(proposal: Proposal) -> list[AnnexWords]:
    return [AnnexWords(row.pk, row.title, row.public, row.alt_text) for row in kept(proposal)]
