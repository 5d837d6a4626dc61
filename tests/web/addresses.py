"""The addresses that belong to no proposal, and what each role gets for them."""

from collections.abc import Mapping

MEMBERS = frozenset({"deputy", "coopted", "adviser"})
KEEP_BLOCKS = ("clerk", "elsewhere", "administrator")
# the administration reads it, members of committees do not
READ_BY_STAFF: Mapping[str, int] = {
    "anonymous": 302,
    **dict.fromkeys(MEMBERS, 403),
    "": 200,
}
# addresses without a proposal: the code of each role, "" for the others
ELSEWHERE: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "task-list": ("/", {"anonymous": 302, "": 200}),
    "proposal-list": ("/vorlagen/", {"anonymous": 302, "": 200}),
    "proposal-create": (
        "/vorlagen/neu/",
        {"anonymous": 302, "clerk": 200, "elsewhere": 200, "": 403},
    ),
    "new-draft-keep": ("/vorlagen/neu/zwischenstand/", {"anonymous": 302, "": 405}),
    "proposal-take-over": (
        "/vorlagen/uebernehmen/",
        {"anonymous": 302, "secretary": 200, "stranger": 200, "": 403},
    ),
    "counter-list": (
        "/nummernkreise/",
        {"anonymous": 302, "secretary": 200, "administrator": 200, "stranger": 200, "": 403},
    ),
    "pattern-change": (
        "/nummernkreise/muster/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "budget-show": ("/haushalt/", READ_BY_STAFF),
    "budget-csv": ("/haushalt.csv", READ_BY_STAFF),
    "rate-list": ("/durchschnittssaetze/", READ_BY_STAFF),
    "law-show": (
        "/recht/",
        {
            "anonymous": 302,
            **dict.fromkeys(("head", "secretary", "auditor", "administrator", "stranger"), 200),
            "": 403,
        },
    ),
    "absence-list": ("/abwesenheiten/", READ_BY_STAFF),
    "absence-cancel": ("/abwesenheiten/0/aufheben/", {"anonymous": 302, "": 405}),
    "signing-rule-list": (
        "/mitzeichnungsregeln/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "signing-rule-retire": ("/mitzeichnungsregeln/0/beenden/", {"anonymous": 302, "": 405}),
    "closed-day-list": ("/schliesstage/", {"anonymous": 302, "administrator": 200, "": 403}),
    "closed-day-remove": ("/schliesstage/0/entfernen/", {"anonymous": 302, "": 405}),
    "word-template-list": ("/word-vorlagen/", {"anonymous": 302, "administrator": 200, "": 403}),
    "word-template-current": (
        "/word-vorlagen/beschlussvorlage/datei/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "word-template-supplied": (
        "/word-vorlagen/beschlussvorlage/mitgelieferte/",
        {"anonymous": 302, "": 405},
    ),
    **{
        f"word-template-{name}": (
            f"/word-vorlagen/version/0/{path}",
            {"anonymous": 302, "administrator": 404, "": 403},
        )
        for name, path in (
            *(("show", ""), ("download", "datei/"), ("preview", "probe/")),
            ("print", "probe/pdf/"),
        )
    },
    "word-template-placeholders": (
        "/word-vorlagen/platzhalter/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "word-template-enforce": ("/word-vorlagen/version/0/in-kraft/", {"anonymous": 302, "": 405}),
    "four-eyes-list": ("/vier-augen-ausnahmen/", {"anonymous": 302, "auditor": 200, "": 403}),
    "text-block-list": (
        "/textbausteine/",
        {"anonymous": 302, **dict.fromkeys(KEEP_BLOCKS, 200), "": 403},
    ),
    "text-block-create": (
        "/textbausteine/neu/",
        {"anonymous": 302, **dict.fromkeys(KEEP_BLOCKS, 200), "": 403},
    ),
    "text-block-edit": (
        "/textbausteine/0/",
        {"anonymous": 302, **dict.fromkeys(KEEP_BLOCKS, 404), "": 403},
    ),
    "text-block-retire": ("/textbausteine/0/gebrauch/", {"anonymous": 302, "": 405}),
    "paper-kind-list": ("/vorlagenarten/", {"anonymous": 302, "administrator": 200, "": 403}),
    "paper-kind-common": (
        "/vorlagenarten/alle/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "paper-kind-edit": (
        "/vorlagenarten/antrag/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "default-route-list": (
        "/standard-beratungsfolge/",
        {"anonymous": 302, "administrator": 200, "": 403},
    ),
    "default-station-move": (
        "/standard-beratungsfolge/0/verschieben/",
        {"anonymous": 302, "": 405},
    ),
    "default-station-remove": (
        "/standard-beratungsfolge/0/entfernen/",
        {"anonymous": 302, "": 405},
    ),
    "meeting-document-download": ("/sitzungsdokumente/0/", {"anonymous": 302, "": 404}),
    "meeting-document-print": ("/sitzungsdokumente/0/pdf/", {"anonymous": 302, "": 404}),
    "account_login": ("/anmelden/", {"anonymous": 200, "": 302}),
    "account_inactive": ("/konto-gesperrt/", {"": 200}),
    "account_logout": ("/abmelden/", {"anonymous": 302, "": 200}),
}
