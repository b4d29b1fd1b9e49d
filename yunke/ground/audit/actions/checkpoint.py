"""The head of the chain, signed each hour and written to a second place; and where it begins."""

import json
from datetime import timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from yunke.base.clock import now
from yunke.base.sealing import derived
from yunke.ground.audit.actions.record import audit_record, head_held
from yunke.ground.audit.models import Anchor, Checkpoint, Entry, Look
from yunke.ground.audit.reads.checkpoints import as_signed, last_checkpoint, said_of
from yunke.ground.audit.values import Act, Signed

EVERY = timedelta(hours=1)


def checkpoint_due() -> bool:
    """A new checkpoint when the last is an hour old and the chain has grown; one query else."""
    last = last_checkpoint()
    if last is not None and last.at > now() - EVERY:
        return False
    return checkpoint_make() is not None


def checkpoint_make() -> Signed | None:
    """Sign the head now and write what the second place lacks; None while nothing is new."""
    with transaction.atomic():
        head = head_held()
        last = last_checkpoint()
        if not head.seq or (last is not None and last.seq == head.seq):
            return None
        moment = now()
        # Also after a backup was restored: a number of the second place is never used again.
        number = 1 + max([last.id if last else 0, *(one.id for one in second_place())])
        said = said_of(number, moment, head.seq, head.hash)
        Checkpoint(
            id=number, at=moment, seq=head.seq, hash=head.hash, signature=signature_of(said)
        ).save()
    second_place_fill()
    return last_checkpoint()


def second_place_fill() -> int:
    """Append to the second place the checkpoints that it does not have yet; gives how many.

    One file a month, a line of JSON each. What stands there is never rewritten.
    """
    folder = Path(settings.CHECKPOINTS)
    folder.mkdir(parents=True, exist_ok=True)
    have = max((one.id for one in second_place()), default=0)
    rows = [as_signed(row) for row in Checkpoint.objects.filter(id__gt=have).order_by("id")]
    for one in rows:
        with (folder / f"{one.at:%Y-%m}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(one.as_json()) + "\n")
            file.flush()
    return len(rows)


def second_place() -> list[Signed]:
    """What the second place holds, in its order; a line that cannot be read has number 0."""
    found = []
    for path in sorted(Path(settings.CHECKPOINTS).glob("[0-9]*.jsonl")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            found.append(Signed.of_json(line))
    return found


def is_ours(said: str, signature: str) -> bool:
    """Was it signed with this server's key?"""
    try:
        _key().public_key().verify(bytes.fromhex(signature), said.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def signature_of(said: str) -> str:
    return _key().sign(said.encode()).hex()


def chain_cut(*, days: int) -> int:
    """Retention: lines older than ``days`` go, the newest of them as a signed anchor stays.

    The chain is verified from the anchor on. Gives how many lines went.
    """
    with transaction.atomic():
        head_held()
        old = Entry.objects.filter(at__lt=now() - timedelta(days=days)).order_by("-seq").first()
        if old is None:
            return 0
        moment = now()
        Anchor(
            seq=old.seq, at=moment, hash=old.hash,
            signature=signature_of(said_of(0, moment, old.seq, old.hash)),
        ).save()  # fmt: skip
        Look.objects.filter(seq__lte=old.seq).delete()
        return int(Entry.objects.filter(seq__lte=old.seq).cut())


def chain_restored(*, actor_id: int, reason: str) -> int:
    """After a backup was put back: the lines since it are lost, and the chain says so itself.

    The checkpoints that no longer have their line are given up by name of the newest.
    """
    given_up = max((one.id for one in second_place()), default=0)
    with transaction.atomic():
        return audit_record(
            actor_id=actor_id, act=Act.BACKUP_RESTORED, object_kind="checkpoint",
            object_id=given_up, reason=reason,
        )  # fmt: skip


def entries_empty(person_id: int) -> int:
    """An erasure: reasons and details of the person's lines go, each fact and its hash stays."""
    rows = Entry.objects.exclude(salt="")
    done = rows.filter(actor_id=person_id).empty()
    done += rows.filter(subject_id=person_id).empty()
    return int(done + rows.filter(object_kind="person", object_id=person_id).empty())


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived("audit-checkpoint"))
