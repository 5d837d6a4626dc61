"""Checks the journal by its published format v1; knows the tables, none of the code."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.apps import apps
from django.db import connection


def verify(public_key: bytes) -> list[str]:
    """Return what is wrong with the chain, its signatures and the history rows it digests."""
    key, problems = Ed25519PublicKey.from_public_bytes(public_key), []
    chain = hashlib.sha256(b"vorlagen-audit-v1").digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, event, body, chain, sig FROM proposals_entry ORDER BY seq")
        entries = cursor.fetchall()
    for number, (seq, event, body, stored, signature) in enumerate(entries, 1):
        leaf = hashlib.sha256(b"\x00" + body.encode()).digest()
        chain = hashlib.sha256(b"\x02" + chain + leaf).digest()
        if (seq, stored) != (number, chain.hex()):
            problems.append(f"{seq}: chain")
        key.verify(bytes.fromhex(signature), b"vorlagen-head" + seq.to_bytes(8) + chain)
        parts = json.loads(body)
        if parts["seq"] != seq or UUID(parts["event"]) != UUID(str(event)):
            problems.append(f"{seq}: body")
        for label, history_id, kind, wanted in parts["rows"]:
            columns = parts["columns"][label]
            row = apps.get_model(label)._base_manager.values(*columns).get(pk=history_id)
            if (row["history_type"], digest_of(row, columns)) != (kind, wanted):
                problems.append(f"{seq}: {label} {history_id}")
        if len(parts["rows"]) != history_rows_of(event):
            problems.append(f"{seq}: the event has rows that are not in its entry")
    return problems


def digest_of(row: dict[str, Any], columns: list[str]) -> str:
    pairs = [[name, word(row[name])] for name in columns]
    text = json.dumps(pairs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def word(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S.%f")
    return str(value) if isinstance(value, date | UUID | Decimal) else value


def history_rows_of(event: Any) -> int:
    histories = [m for m in apps.get_models() if m.__name__.startswith("Historical")]
    return sum(model._base_manager.filter(event=event).count() for model in histories)
