"""Zwischenstand: kept while somebody types, for that person alone, and offered once more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from proposals.models import DraftBuffer, Entry, Proposal, Role
from tests import factories as f
from tests.houses import make_user
from tests.web.site import Page, Site, Visitor, address, count_rows, filled


@pytest.fixture
def colleague(site: Site) -> Visitor:
    return Visitor(make_user(site.house, "colleague", Role.CLERK, office="lead"))


def facts_of(proposal: Proposal) -> tuple[dict[str, int], int]:
    """Return what nothing that is only kept may change."""
    counts = count_rows()
    counts.pop("proposals_draftbuffer")
    return counts, f.reread(proposal).revision


def keep(visitor: Visitor, page: Page, url: str, expect: int = 200, **typed: Any) -> Page:
    """Send a page's form as it would send itself while somebody types."""
    path, _, query = url.partition("?")
    return visitor.post(f"{path}zwischenstand/?{query}", filled(page, **typed), expect)


def test_what_is_typed_is_kept_and_offered_and_no_fact(site: Site, draft: Proposal) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    entries, before = Entry.everything.count(), facts_of(draft)
    page = clerk.get(url)
    for subject in ("N", "Neu", "Neuer Betreff"):
        said = keep(clerk, page, url, subject=subject, available="ein Betrag, der keiner ist")
    assert "Zwischenstand gesichert" in said.words
    assert facts_of(draft) == before
    assert Entry.everything.count() == entries, "no journal entry for a key stroke"
    assert DraftBuffer.objects.count() == 1

    offer = clerk.get(url)
    assert "Ihr nicht gespeicherter Stand vom" in offer.words
    assert offer.value("subject") == draft.subject
    again = clerk.get(f"{url}?zwischenstand=1")
    assert again.value("subject") == "Neuer Betreff"
    assert again.value("available") == "ein Betrag, der keiner ist"
    assert again.value("buffer") == page.value("buffer")
    clerk.post(f"{url}?zwischenstand=1", filled(again, then="stay", available=""))
    assert f.reread(draft).subject == "Neuer Betreff"
    assert not DraftBuffer.objects.exists(), "saved for real"
    assert "Ihr nicht gespeicherter Stand" not in clerk.get(url).words


def test_what_arrives_after_the_save_is_not_kept(site: Site, draft: Proposal) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    page = clerk.get(url)
    clerk.post(url, filled(page, then="stay", subject="Gespeichert"))
    said = keep(clerk, page, url, subject="Zu spät")
    assert "schon gespeichert" in said.words
    assert not DraftBuffer.objects.exists()


def test_another_window_writes_over_nothing(site: Site, draft: Proposal) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    first, second = clerk.get(url), clerk.get(url)
    keep(clerk, first, url, subject="Erstes Fenster")
    assert "Nicht gesichert" in keep(clerk, second, url, subject="Zweites Fenster").words
    assert DraftBuffer.objects.get().data["typed"]["subject"] == ["Erstes Fenster"]
    clerk.post(url, filled(second, then="stay", subject="Zweites Fenster"))
    assert DraftBuffer.objects.exists(), "the first window has not saved"


def test_it_is_discarded_by_hand(site: Site, draft: Proposal) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    keep(clerk, clerk.get(url), url, subject="Weg damit")
    answer = clerk.post(f"{url}zwischenstand/", {"discard": "1"})
    assert answer.headers["Location"] == url
    assert not DraftBuffer.objects.exists()


def test_a_paper_that_is_not_begun_is_kept_by_its_kind(site: Site) -> None:
    clerk, url = site["clerk"], "/vorlagen/neu/?art=beschlussvorlage"
    keep(clerk, clerk.get(url), url, subject="Noch keine Vorlage")
    assert Proposal.everything.count() == 0
    assert (
        "Ihr nicht gespeicherter Stand"
        not in clerk.get("/vorlagen/neu/?art=mitteilungsvorlage").words
    )
    page = clerk.get(f"{url}&zwischenstand=1")
    assert page.value("subject") == "Noch keine Vorlage"
    clerk.post(url, filled(page, then="stay"))
    assert Proposal.everything.get().subject == "Noch keine Vorlage"
    assert not DraftBuffer.objects.exists()


def test_nobody_sees_what_somebody_else_has_not_saved(
    site: Site, draft: Proposal, colleague: Visitor
) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    secret = "Nur für meine Augen"
    keep(clerk, clerk.get(url), url, subject=secret)
    for path in (url, f"{url}?zwischenstand=1", address(draft), address(draft, "verlauf")):
        page = colleague.get(path)
        assert secret not in page.words
        assert secret not in page.html
    keep(colleague, colleague.get(url), url, subject="Auch meins")
    colleague.post(f"{url}zwischenstand/", {"discard": "1"})
    assert DraftBuffer.objects.get().data["typed"]["subject"] == [secret]


def test_whoever_may_not_edit_keeps_nothing(site: Site, draft: Proposal) -> None:
    url = f"{address(draft, 'entwurf')}zwischenstand/"
    for who in ("secretary", "head", "treasurer"):
        site[who].post(url, {"subject": "x", "buffer": "0" * 32}, 404)
    site["secretary"].post("/vorlagen/neu/zwischenstand/", {"subject": "x"}, 403)
    site["clerk"].get(url, 405)
    assert not DraftBuffer.objects.exists()


def test_somebody_who_saved_meanwhile_is_named_with_the_way_to_the_difference(
    site: Site, draft: Proposal, colleague: Visitor
) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    page = clerk.get(url)
    colleague.send(url, then="stay", subject="Vom Kollegen")
    said = keep(clerk, page, url, subject="Von mir")
    assert "Inzwischen hat" in said.words
    assert f"{url}?zwischenstand=1" in said.html
    both = clerk.get(f"{url}?zwischenstand=1")
    assert "inzwischen gespeichert" in both.words
    assert "Vom Kollegen" in both.words
    assert both.value("subject") == "Von mir"
    clerk.post(f"{url}?zwischenstand=1", filled(both, then="stay", **{"keep-subject": "saved"}))
    assert f.reread(draft).subject == "Vom Kollegen"


def test_it_lapses_after_thirty_days(site: Site, draft: Proposal) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    keep(clerk, clerk.get(url), url, subject="Alt")
    call_command("run_due")
    assert DraftBuffer.objects.exists()
    DraftBuffer.objects.update(saved_at=timezone.now() - timedelta(days=31))
    call_command("run_due")
    assert not DraftBuffer.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"subject": "a\0b", "buffer": "0" * 32},
        {"revision": "9" * 40, "buffer": "0" * 32},
        {"revision": "x", "buffer": "0" * 32, "cost-TOTAL_FORMS": "-1"},
        {"buffer": "<script>"},
        {},
        {"csrfmiddlewaretoken": "x", "then": "submit", "add": "cost", "buffer": "0" * 32},
    ],
)
def test_whatever_is_sent_is_kept_or_not_and_breaks_nothing(
    site: Site, draft: Proposal, typed: dict[str, str]
) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    before = facts_of(draft)
    clerk.post(f"{url}zwischenstand/", typed, 200)
    clerk.get(f"{url}?zwischenstand=1")
    assert facts_of(draft) == before
    for row in DraftBuffer.objects.all():
        assert not {"csrfmiddlewaretoken", "then", "add"} & row.data["typed"].keys()
