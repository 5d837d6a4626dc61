"""Addresses of lists, histories and downloads."""

from django.urls import path

from .views import documents, law, proposals

urlpatterns = [
    path("vorlagen/", proposals.proposal_index, name="proposal-list"),
    path("vorlagen/<int:pk>/verlauf/", proposals.proposal_history, name="proposal-history"),
    path(
        "vorlagen/<int:pk>/word/<str:audience>/",
        documents.document_download,
        name="document-download",
    ),
    path("anlagen/<int:pk>/", documents.attachment_download, name="attachment-download"),
    path("recht/", law.law_show, name="law-show"),
]
