"""The key that signs the journal: a file outside the database, named by the settings."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from .context import RecordError


def make_key(path: Path) -> bool:
    """Write a new key (hex, mode 0400) unless there is one; return whether one was made.

    Whole or not at all: of two processes that make one at once, one finds the other's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        made.chmod(0o400)
        path.hardlink_to(made)
    except FileExistsError:
        return False
    finally:
        made.unlink()
    return True


@cache
def signing_key() -> Ed25519PrivateKey:
    """Read the signing key; raises RecordError where the file is missing."""
    path = Path(settings.SIGNING_KEY_FILE)
    if not path.is_file():
        raise RecordError(f"signing key {path} is missing: run manage.py make_signing_key")
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


@cache
def key_id() -> str:
    """Return the first 16 hex digits of the SHA-256 of the public key (`kid` in the journal)."""
    public = signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(public).hexdigest()[:16]
