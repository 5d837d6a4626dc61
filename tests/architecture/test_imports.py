"""Who may import whom; the contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from .source import ROOT


def test_every_contract_between_the_packages_is_kept() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
