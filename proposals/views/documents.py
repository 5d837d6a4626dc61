"""PLACEHOLDER by the lead, to be replaced whole by the owner of downloads."""

from django.http import Http404, HttpRequest, HttpResponse


def document_download(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    raise Http404


def attachment_download(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
