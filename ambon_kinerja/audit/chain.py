"""The hash chain of the audit trail. Standard library only: the exported trail is checked with it alone.

    python3 ambon_kinerja/audit/chain.py EXPORT.jsonl [--head POSITION:HASH]...

The chain shows any edit, gap or swap. Who can write the table can also compute a whole new chain, or cut its end off:
only a head that was noted outside the system, given with --head, shows that.
"""

import argparse
import hashlib
import json
import re
import sys

GENESIS = "0" * 64


def event_hash(*, previous, position, payload):
    """SHA-256 over the link before, the dense position and the payload exactly as stored (hex, 64)."""
    inner = hashlib.sha256(payload.encode()).hexdigest()
    return hashlib.sha256(f"\x01{previous}\n{position}\n{inner}".encode()).hexdigest()


def examine(rows, *, heads=(), also=lambda payload, *rest: ""):
    """What a chain is worth: (fault, count, head). `fault` is None, or the first broken (position, reason).

    `rows` is an iterable of (position, payload, previous_hash, hash, *rest) in order of position; `heads` are
    "position:hash" noted elsewhere; `also(payload, *rest)` may name a further fault of a row.
    """
    previous, count = GENESIS, 0
    noted = dict(read_head(head) for head in heads)
    for position, payload, previous_hash, own_hash, *rest in rows:
        expected = count + 1
        if position != expected:
            return (expected, f"baris {expected} hilang; di tempatnya ada baris {position}"), count, previous
        if previous_hash != previous:
            return (position, "tidak menyambung dengan baris sebelumnya"), count, previous
        if own_hash != event_hash(previous=previous, position=position, payload=payload):
            return (position, "isi tidak sesuai dengan sidik hash-nya"), count, previous
        if noted.pop(position, own_hash) != own_hash:
            return (position, "sidik hash berbeda dari yang dicatat di luar sistem"), count, previous
        if reason := also(payload, *rest):
            return (position, reason), count, previous
        previous, count = own_hash, position
    if noted:
        return (
            (count + 1, f"ujung rantai hilang; baris {max(noted)} pernah dicatat di luar sistem"),
            count,
            previous,
        )
    return None, count, previous


def read_head(text):
    """("12:ab…") → (12, "ab…"). Raises ValueError in plain Indonesian."""
    found = re.fullmatch(r"([1-9][0-9]*):([0-9a-f]{64})", text)
    if found is None:
        raise ValueError(f"“{text}” bukan kepala rantai; bentuknya POSISI:HASH dengan 64 angka heksadesimal")
    return int(found[1]), found[2]


def verdict(fault, count, head):
    """The one line a person reads."""
    if fault:
        return f"RUSAK di baris {fault[0]}: {fault[1]}"
    return f"UTUH: {count} baris, kepala {count}:{head}" if count else "UTUH: belum ada baris"


def read_export(lines):
    """Rows of an export of JSON lines; raises ValueError with the number of a line that is none."""
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            link = row["position"], row["payload"], row["previous_hash"], row["hash"]
        except (ValueError, KeyError, TypeError) as trouble:
            raise ValueError(f"baris ke-{number} berkas ini bukan baris ekspor") from trouble
        if not isinstance(row["payload"], str):
            raise ValueError(f"isi pada baris ke-{number} berkas ini bukan teks")
        yield link


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Periksa ekspor jejak audit.")
    parser.add_argument("export")
    parser.add_argument("--head", action="append", default=[], help="POSISI:HASH yang dicatat di luar sistem")
    options = parser.parse_args(arguments)
    try:
        with open(options.export, encoding="utf-8") as lines:
            fault, count, head = examine(read_export(lines), heads=options.head)
    except (OSError, ValueError) as trouble:
        print(f"RUSAK: {trouble}")
        return 1
    print(verdict(fault, count, head))
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
