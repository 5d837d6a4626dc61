"""How the scripts speak: plain German lines, one clear sentence when something is missing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"


def say(line: str) -> None:
    """Write one line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stop(sentence: str) -> NoReturn:
    """End the script with one sentence and the exit code 1."""
    sys.stdout.flush()
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(1)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Announce a long step and say how long it took."""
    say(f"{what} …")
    started = time.monotonic()
    yield
    say(f"  fertig ({time.monotonic() - started:.0f} s)")


def run_logged(
    command: Sequence[str | Path], log: str, *, env: Mapping[str, str] | None = None
) -> str | None:
    """Run a command from the root and keep what it prints in `var/log/<log>.log`.

    Returns None when it went well, else what it printed.
    """
    path = VAR / "log" / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    path.write_text(done.stdout, encoding="utf-8")
    return None if done.returncode == 0 else done.stdout


def run_to_end(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> int:
    """Run a command in the foreground and return its exit code.

    After Ctrl-C, which reaches the command too, or an end from outside, which is passed on, the
    command still gets the time to clean up.
    """
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(env or {})}) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()
            raise
        except SystemExit:
            process.terminate()
            process.wait()
            raise


def end_orderly() -> None:
    """Let an end from outside take the same way out as an error: through the `finally` blocks."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _leave)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)
