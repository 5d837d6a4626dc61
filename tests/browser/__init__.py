import sys
from pathlib import Path

# the driver of the browser belongs to the scripts, which also make the pictures
sys.path.append(str(Path(__file__).parents[2] / "scripts"))
