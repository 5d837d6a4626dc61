"""Set up the virtual environment; runs with the Python that `scripts/setup` found.

Arguments: `run` (what the application needs) or `dev` (also what its tests need), and `assets`
for KERN and its fonts. What is set up already costs nothing: each step leaves the hash of its
lock file in the thing it made, so that deleting the thing is enough to have it made again.
"""

import fcntl
import hashlib
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console import ROOT, VAR, VENV, run_logged, say, step, stop

PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
NO_NETWORK = (
    "No matching distribution found",
    "Failed to establish a new connection",
    "Connection refused",
    "Network is unreachable",
    "name resolution",
    "Read timed out",
)


def main(wanted: list[str]) -> None:
    """Make the environment, install its packages and fetch the assets, as far as they lack."""
    with one_at_a_time():
        level = "dev" if "dev" in wanted else "run"
        if not is_usable(PYTHON):
            make_environment()
        if not is_installed(level):
            install(level)
        if "assets" in wanted:
            done = subprocess.run([PYTHON, ROOT / "scripts" / "assets"], check=False)
            raise SystemExit(done.returncode)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up wait for the first one."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Warte auf eine andere Einrichtung, die gerade läuft …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_usable(python: Path) -> bool:
    """Tell whether the environment's Python starts and has pip."""
    if not python.exists():
        return False
    done = subprocess.run([python, "-c", "import pip"], capture_output=True, check=False)
    return done.returncode == 0


def make_environment() -> None:
    """Make `.venv` from scratch."""
    with step("Lege die Python-Umgebung .venv an"):
        try:
            venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)
        except (OSError, subprocess.CalledProcessError) as error:
            stop(f"Die Python-Umgebung .venv ließ sich nicht anlegen: {error}")


def stamp(level: str) -> Path:
    """Return the file that says which lock was installed last."""
    return VENV / f"installed-{level}"


def lock_hash(level: str) -> str:
    """Return the hash of a level's lock file."""
    return hashlib.sha256(LOCKS[level].read_bytes()).hexdigest()


def is_installed(level: str) -> bool:
    """Tell whether the level's lock, or the wider one that holds it, is installed."""
    # `dev` was resolved under the constraints of `run`, so its stamp speaks for both
    return any(
        stamp(name).exists() and stamp(name).read_text() == lock_hash(name)
        for name in {level, "dev"}
    )


def install(level: str) -> None:
    """Install exactly the locked versions; pip refuses a file whose hash differs."""
    # what another lock left behind says nothing any more, nor does a set-up that was interrupted
    for name in LOCKS:
        stamp(name).unlink(missing_ok=True)
    lock = LOCKS[level]
    packages = sum(line[:1].isalnum() for line in lock.read_text().splitlines())
    with step(f"Installiere die Python-Pakete ({packages}, beim ersten Mal etwa eine Minute)"):
        trouble = run_logged(
            [
                *(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
                *("--require-hashes", "--only-binary", ":all:", "--requirement", lock),
            ],
            "pip",
        )
        if trouble is not None:
            stop(explain(trouble, lock))
    stamp(level).write_text(lock_hash(level))


def explain(trouble: str, lock: Path) -> str:
    """Say in one sentence why pip gave up."""
    if "DO NOT MATCH THE HASHES" in trouble:
        return (
            f"Ein Python-Paket hat eine andere Prüfsumme als in {lock.name}, es wurde nichts"
            " installiert (Einzelheiten: var/log/pip.log)."
        )
    if "No space left on device" in trouble:
        return "Für die Python-Pakete ist kein Platz mehr auf der Festplatte."
    if any(sign in trouble for sign in NO_NETWORK):
        return (
            "Die Python-Pakete ließen sich nicht laden: kein Zugang zum Paketverzeichnis,"
            " bitte Netz und Proxy prüfen (Einzelheiten: var/log/pip.log)."
        )
    return "Die Python-Pakete ließen sich nicht installieren (Einzelheiten: var/log/pip.log)."


if __name__ == "__main__":
    main(sys.argv[1:])
