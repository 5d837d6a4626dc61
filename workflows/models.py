"""The engine's rows: each points at its fact and holds none itself."""

from django.db import models
from viewflow.workflow.models import Process

from proposals.models import Consultation, Proposal, ResultReview


class ProposalProcess(Process):
    """Vorlagenvorgang: the drafting and release of one proposal."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Vorlagenvorgang"
        verbose_name_plural = "Vorlagenvorgänge"


class ConsultationProcess(Process):
    """Beratungsvorgang: one station of the route."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Beratungsvorgang"
        verbose_name_plural = "Beratungsvorgänge"


class ReviewProcess(Process):
    """Prüfvorgang: what follows from one count error."""

    review = models.OneToOneField(ResultReview, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Prüfvorgang"
        verbose_name_plural = "Prüfvorgänge"
