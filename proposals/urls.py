"""Addresses of lists, histories and downloads."""

from django.urls import path

from .views import (
    absences,
    budget,
    comments,
    default_routes,
    documents,
    law,
    meeting_documents,
    meeting_packs,
    paper_kinds,
    proposals,
    rates,
    signing_rules,
    text_blocks,
    word_templates,
)

urlpatterns = [
    path("textbausteine/", text_blocks.text_block_list, name="text-block-list"),
    path("textbausteine/neu/", text_blocks.text_block_create, name="text-block-create"),
    path("textbausteine/<int:pk>/", text_blocks.text_block_edit, name="text-block-edit"),
    path(
        "textbausteine/<int:pk>/gebrauch/",
        text_blocks.text_block_retire,
        name="text-block-retire",
    ),
    path("standard-beratungsfolge/", default_routes.default_route_list, name="default-route-list"),
    path(
        "standard-beratungsfolge/<int:pk>/verschieben/",
        default_routes.default_station_move,
        name="default-station-move",
    ),
    path(
        "standard-beratungsfolge/<int:pk>/entfernen/",
        default_routes.default_station_remove,
        name="default-station-remove",
    ),
    path("vorlagenarten/", paper_kinds.paper_kind_list, name="paper-kind-list"),
    path("vorlagenarten/alle/", paper_kinds.paper_kind_common, name="paper-kind-common"),
    path("vorlagenarten/<slug:kind>/", paper_kinds.paper_kind_edit, name="paper-kind-edit"),
    path("vorlagen/<int:pk>/rueckfragen/", comments.comment_list, name="comment-list"),
    path(
        "vorlagen/<int:pk>/rueckfragen/<int:comment>/erledigen/",
        comments.comment_settle,
        name="comment-settle",
    ),
    path("vorlagen/", proposals.proposal_index, name="proposal-list"),
    path("vorlagen/<int:pk>/verlauf/", proposals.proposal_history, name="proposal-history"),
    path(
        "vorlagen/<int:pk>/word/<str:audience>/",
        documents.document_download,
        name="document-download",
    ),
    path(
        "vorlagen/<int:pk>/pdf/<str:audience>/",
        documents.document_print,
        name="document-print",
    ),
    path(
        "vorlagen/<int:pk>/neuausgabe/<int:suffix>/word/<str:audience>/",
        documents.reissue_download,
        name="reissue-download",
    ),
    path(
        "vorlagen/<int:pk>/aenderungen/<int:wording>/word/<str:audience>/",
        documents.redline_download,
        name="redline-download",
    ),
    path(
        "sitzungen/<int:pk>/protokoll/entwurf/<str:part>/",
        meeting_documents.minutes_draft,
        name="minutes-draft",
    ),
    path(
        "sitzungen/<int:pk>/ladung/entwurf/<str:paper>/",
        meeting_documents.call_draft,
        name="call-draft",
    ),
    path(
        "sitzungen/<int:pk>/listen/<str:paper>/",
        meeting_documents.meeting_list_download,
        name="meeting-list-download",
    ),
    path(
        "sitzungen/<int:pk>/mappe/<str:audience>/",
        meeting_packs.meeting_pack_download,
        name="meeting-pack",
    ),
    path(
        "sitzungsdokumente/<int:pk>/",
        meeting_documents.meeting_document_download,
        name="meeting-document-download",
    ),
    path(
        "sitzungsdokumente/<int:pk>/pdf/",
        meeting_documents.meeting_document_print,
        name="meeting-document-print",
    ),
    path("anlagen/<int:pk>/", documents.attachment_download, name="attachment-download"),
    path("recht/", law.law_show, name="law-show"),
    path("haushalt/", budget.budget_show, name="budget-show"),
    path("haushalt.csv", budget.budget_csv, name="budget-csv"),
    path("durchschnittssaetze/", rates.rate_list, name="rate-list"),
    path("abwesenheiten/", absences.absence_list, name="absence-list"),
    path("abwesenheiten/<int:pk>/aufheben/", absences.absence_cancel, name="absence-cancel"),
    path("mitzeichnungsregeln/", signing_rules.signing_rule_list, name="signing-rule-list"),
    path(
        "mitzeichnungsregeln/<int:pk>/beenden/",
        signing_rules.signing_rule_retire,
        name="signing-rule-retire",
    ),
    path("schliesstage/", signing_rules.closed_day_list, name="closed-day-list"),
    path(
        "schliesstage/<int:pk>/entfernen/",
        signing_rules.closed_day_remove,
        name="closed-day-remove",
    ),
    path("word-vorlagen/", word_templates.word_template_list, name="word-template-list"),
    path(
        "word-vorlagen/platzhalter/",
        word_templates.word_template_placeholders,
        name="word-template-placeholders",
    ),
    path(
        "word-vorlagen/<slug:document>/datei/",
        word_templates.word_template_current,
        name="word-template-current",
    ),
    path(
        "word-vorlagen/<slug:document>/mitgelieferte/",
        word_templates.word_template_supplied,
        name="word-template-supplied",
    ),
    path(
        "word-vorlagen/version/<int:pk>/",
        word_templates.word_template_show,
        name="word-template-show",
    ),
    path(
        "word-vorlagen/version/<int:pk>/datei/",
        word_templates.word_template_download,
        name="word-template-download",
    ),
    path(
        "word-vorlagen/version/<int:pk>/probe/",
        word_templates.word_template_preview,
        name="word-template-preview",
    ),
    path(
        "word-vorlagen/version/<int:pk>/probe/pdf/",
        word_templates.word_template_print,
        name="word-template-print",
    ),
    path(
        "word-vorlagen/version/<int:pk>/in-kraft/",
        word_templates.word_template_enforce,
        name="word-template-enforce",
    ),
    path("vier-augen-ausnahmen/", signing_rules.four_eyes_list, name="four-eyes-list"),
]
