"""The most memory that filling a template takes, without a database: -m bench.word_memory."""

from pathlib import Path

from proposals.documents.context import ProposalContext
from proposals.documents.render import render
from proposals.documents.template import compile_template
from tests.documents.samples import TEMPLATES, sample

MANY = 1000
DOCUMENTS = 50
NEUTRAL = TEMPLATES / "neutral" / "vorlage.docx"


def with_costs(count: int) -> ProposalContext:
    """Return the sample with that many cost items."""
    data = sample()
    assert data["finanzierung"] is not None
    row = data["finanzierung"]["positionen"][0]
    data["finanzierung"]["positionen"] = [
        {**row, "text": f"Kostenposition {number}"} for number in range(count)
    ]
    return data


def _peak() -> float:
    """Return the most memory that this process ever held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    compiled, data = compile_template(NEUTRAL.read_bytes()), with_costs(MANY)
    base = _peak()
    for _ in range(DOCUMENTS):
        render(compiled, data)
    print(f"{_peak() - base:.1f}")
