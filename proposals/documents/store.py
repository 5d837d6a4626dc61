"""Files under their SHA-256, outside the web root; never overwritten, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(digest: str) -> Path:
    """Return where the file with this SHA-256 (hex) lies."""
    return Path(settings.FILES_DIR) / digest[:2] / digest


def put(data: bytes) -> str:
    """Store the bytes, return their SHA-256 (hex); the same bytes are stored once."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made = Path(temporary)
        made.chmod(0o400)
        made.replace(path)
    return digest


def get(digest: str) -> bytes:
    """Return the file's bytes; raises FileNotFoundError, and ValueError where they have changed."""
    data = path_of(digest).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"file {digest} does not match its digest")
    return data
