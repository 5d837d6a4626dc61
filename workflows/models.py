"""The engine's rows: each points at its fact and holds none itself.

`ABOUT` names the row that a process is about; every row but the proposal itself names its proposal.
"""

from django.db import models
from viewflow.workflow.models import Process

from proposals.models import Consultation, Exchange, Proposal, ResultReview, StatementRequest


class ProposalProcess(Process):
    """Vorlagenvorgang: the drafting and release of one proposal."""

    ABOUT = "proposal"

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Vorlagenvorgang"
        verbose_name_plural = "Vorlagenvorgänge"


class ConsultationProcess(Process):
    """Beratungsvorgang: one station of the route."""

    ABOUT = "consultation"

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Beratungsvorgang"
        verbose_name_plural = "Beratungsvorgänge"


class ReviewProcess(Process):
    """Prüfvorgang: what follows from one count error."""

    ABOUT = "review"

    review = models.OneToOneField(ResultReview, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Prüfvorgang"
        verbose_name_plural = "Prüfvorgänge"


class StatementProcess(Process):
    """Stellungnahmevorgang: what one office is asked to say on a change."""

    ABOUT = "request"

    request = models.OneToOneField(StatementRequest, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Stellungnahmevorgang"
        verbose_name_plural = "Stellungnahmevorgänge"


class ExchangeProcess(Process):
    """Austauschvorgang: a new version that waits for its release."""

    ABOUT = "exchange"

    exchange = models.OneToOneField(Exchange, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Austauschvorgang"
        verbose_name_plural = "Austauschvorgänge"
