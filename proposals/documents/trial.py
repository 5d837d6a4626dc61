"""A check in a child process: whatever a file is made to do, it ends in time and in its memory.

The child gets the file on its standard input and answers with a line of JSON and the filled
document. It has no settings, no data base and no environment of the parent's.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from proposals.documents.checks import text_of
from proposals.documents.inspection import inspect

MOST_BYTES: Final = 10 << 20  # of a template as it is uploaded
_ROOT: Final = Path(__file__).resolve().parents[2]
_SECONDS: Final = 20
_MEMORY: Final = 1 << 30
_MOST_ANSWER: Final = 30 << 20
_NO_MEMORY: Final = 3
_ENVIRONMENT: Final = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}

TOO_LARGE: Final = "Die Datei ist größer als 10 MB; so groß ist keine Word-Vorlage."
_TOO_LONG: Final = (
    "Die Probe hat zu lange gedauert und wurde abgebrochen; bitte Schleifen und Tabellen prüfen."
)
_TOO_MUCH: Final = "Die Probe hat zu viel Speicher gebraucht und wurde abgebrochen."
_FAILED: Final = "Die Prüfung ist an dieser Datei gescheitert; bitte in Word neu speichern."


@dataclass(frozen=True, slots=True)
class Trial:
    """A template on trial: `faults` forbid it, `remarks` only tell.

    `document` is the template filled with invented data, `text` what can be read in it; both are
    empty where there are faults.
    """

    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    document: bytes = b""
    text: str = ""


def trial(
    data: bytes, context_type: Any, *, seconds: float = _SECONDS, memory: int = _MEMORY
) -> Trial:
    """Check a template in a process of its own; `memory` is in bytes."""
    if len(data) > MOST_BYTES:
        return Trial((TOO_LARGE,))
    kind = f"{context_type.__module__}:{context_type.__qualname__}"
    limits = (str(max(1, round(seconds))), str(memory))
    try:
        done = subprocess.run(  # noqa: S603  # this very module, no shell
            [sys.executable, "-m", __name__, kind, *limits],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Trial((_TOO_LONG,))
    if done.returncode:
        return Trial((_why(done.returncode),))
    head, _, document = done.stdout.partition(b"\n")
    told = json.loads(head)
    return Trial(tuple(told["faults"]), tuple(told["remarks"]), document, told["text"])


def _why(code: int) -> str:
    if code == _NO_MEMORY:
        return _TOO_MUCH
    return _TOO_LONG if code < 0 else _FAILED  # ended by a signal: its time was up


def main(kind: str, seconds: int, memory: int) -> None:
    """Check what comes in, under limits that nothing in this process can raise again."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    module, _, name = kind.partition(":")
    report = inspect(sys.stdin.buffer.read(), getattr(import_module(module), name))
    if len(report.trial) > _MOST_ANSWER:
        report.faults.append("Das Dokument wäre größer als 30 MB.")
    document = b"" if report.faults else report.trial
    told = {
        "faults": report.faults,
        "remarks": report.remarks,
        "text": text_of(document) if document else "",
    }
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + document)


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except MemoryError:
        sys.exit(_NO_MEMORY)
