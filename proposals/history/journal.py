"""The tamper-evident journal: one signed, chained entry per event. Format v1 is final.

leaf = SHA256(0x00 ‖ body), chain_n = SHA256(0x02 ‖ chain_{n-1} ‖ leaf),
sig = Ed25519("vorlagen-head" ‖ seq ‖ chain_n).
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from .acts import Act
from .canonical import canonical, columns_of, plain, row_digest
from .context import Event, RecordError, current, pending
from .keys import key_id, signing_key
from .models import Entry, EntryObject, Head, Reason

GENESIS = hashlib.sha256(b"vorlagen-audit-v1").hexdigest()
FORMAT = 1


@contextmanager
def transaction_of_record() -> Iterator[None]:
    """Open the one transaction of a step; its events are appended as the last act.

    So the head of the chain is locked briefly and nothing is locked after it. Raises RecordError
    when nested; refuses an outer transaction (`durable`).
    """
    if pending.get() is not None:
        raise RecordError("steps do not nest")
    queue: list[Event] = []
    with transaction.atomic(durable=True):
        token = pending.set(queue)
        try:
            yield
            for finished in queue:
                _append(finished)
        finally:
            pending.reset(token)


@contextmanager
def event(
    actor: models.Model | None, act: Act, *objects: models.Model, reason: str = ""
) -> Iterator[Event]:
    """Run one business action: tracked data may be written inside, and only there.

    `objects` are the rows the action is about; more may be added to `event.objects` while it runs.
    `actor` is None for the system alone (set-up). Inside `transaction_of_record` the event joins
    its transaction, otherwise it is one of its own. Raises RecordError when nested.
    """
    if current.get() is not None:
        raise RecordError("events do not nest")
    running = Event(actor, act, list(objects), reason.strip())
    queue = pending.get()
    with transaction.atomic(savepoint=queue is None, durable=queue is None):
        token = current.set(running)
        try:
            yield running
        finally:
            current.reset(token)
        if queue is None:
            _append(running)
        else:
            queue.append(running)


def _append(finished: Event) -> None:
    """Write the entry of a finished event and move the head of the chain."""
    columns, rows = _digests(finished)
    body_parts: dict[str, Any] = {
        "v": FORMAT,
        "kid": key_id(),
        "event": str(finished.id),
        "actor": finished.actor.pk if finished.actor else None,
        "act": finished.act.value,
        "objects": [f"{row._meta.label_lower}:{row.pk}" for row in finished.objects],
        "reason_digest": _store_reason(finished),
        "columns": columns,
        "rows": rows,
        "nonce": secrets.token_hex(16),
    }
    head = Head.objects.select_for_update(no_key=True).get(pk=1)
    seq, at = head.seq + 1, timezone.now()
    body = canonical({**body_parts, "seq": seq, "at": plain(at)})
    chain = link(head.chain, body)
    entry = Entry(
        seq=seq,
        at=at,
        event=finished.id,
        body=body,
        prev=head.chain,
        chain=chain,
        sig=signing_key().sign(signed_bytes(seq, chain)).hex(),
    )
    entry.save(force_insert=True)
    EntryObject.objects.bulk_create(
        EntryObject(entry=entry, label=label, object_id=pk)
        for label, pk in dict.fromkeys((o._meta.label_lower, o.pk) for o in finished.objects)
    )
    if Head.objects.filter(pk=1, seq=seq - 1).update(seq=seq, chain=chain) != 1:
        raise RecordError("the head of the journal moved under its lock")


def _digests(finished: Event) -> tuple[dict[str, list[str]], list[list[Any]]]:
    """Return (columns per history model, [model, history id, +~-, digest] per row)."""
    columns: dict[str, list[str]] = {}
    rows: list[list[Any]] = []
    for model in sorted(finished.touched, key=lambda touched: touched._meta.label_lower):
        label = model._meta.label_lower
        columns[label] = columns_of(model)
        for row in model._base_manager.filter(event=finished.id).order_by("pk"):
            kind: str = row.history_type  # type: ignore[attr-defined]
            rows.append([label, row.pk, kind, row_digest(row, columns[label])])
    return columns, rows


def _store_reason(finished: Event) -> str:
    """Store the event's reason beside its salt; return SHA256(salt ‖ reason), or ""."""
    if not finished.reason:
        return ""
    salt = secrets.token_hex(32)
    Reason.objects.create(event=finished.id, salt=salt, text=finished.reason)
    return hashlib.sha256((salt + finished.reason).encode()).hexdigest()


def link(prev: str, body: str) -> str:
    """Return the next link of the chain, in hex, from the previous one and an entry's body."""
    leaf = hashlib.sha256(b"\x00" + body.encode()).digest()
    return hashlib.sha256(b"\x02" + bytes.fromhex(prev) + leaf).hexdigest()


def signed_bytes(seq: int, chain: str) -> bytes:
    """Return what the signature of a head covers."""
    return b"vorlagen-head" + seq.to_bytes(8) + bytes.fromhex(chain)


def ensure_head() -> None:
    """Create the chain's first link where it is missing (a fresh or flushed database)."""
    Head.objects.get_or_create(pk=1, defaults={"seq": 0, "chain": GENESIS})
