"""Write the first Word templates: PYTHONPATH=. python scripts/docx-templates [folder].

The layout is written down here once, so that it can be made again. From then on the .docx files in
templates/docx are edited in Word; run this only to start over.
"""

import sys
from pathlib import Path

import bergkamen
import calling
import coesfeld
import lists
import meeting
import neutral
import oelde
import pack
import wedel
import wittmund

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Build each template into the folder given, or into templates/docx."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "templates" / "docx"
    for name, build in {
        "wittmund/beschlussvorlage.docx": wittmund.build,
        "bergkamen/beschlussvorlage.docx": bergkamen.build,
        "wedel/mitteilungsvorlage.docx": wedel.information,
        "wedel/beschlussvorlage.docx": wedel.decision,
        "coesfeld/beschlussvorlage.docx": coesfeld.build,
        "oelde/beschlusstext.docx": oelde.sheet,
        "neutral/vorlage.docx": neutral.build,
        "neutral/protokoll.docx": meeting.minutes,
        "neutral/beschlussauszug.docx": meeting.excerpt,
        "neutral/beschlusstext.docx": meeting.sheet,
        "neutral/einladung.docx": calling.invitation,
        "neutral/nachtrag.docx": calling.supplement,
        "neutral/bekanntmachung.docx": calling.notice,
        "neutral/anwesenheitsliste.docx": lists.signing_list,
        "neutral/abstimmungsliste.docx": lists.ballot_list,
        "neutral/auszuege.docx": lists.excerpts,
        "neutral/sitzungsmappe.docx": pack.build,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build())
        print(path)


if __name__ == "__main__":
    main()
