"""The hash chain of the audit trail. Standard library only: the exported trail is checked with it alone.

    python3 ambon_kinerja/audit/chain.py EXPORT.jsonl [--head POSITION:HASH]
"""

import argparse
import hashlib
import json
import sys

GENESIS = "0" * 64


def event_hash(*, previous, position, payload):
    """SHA-256 over the link before, the dense position and the payload exactly as stored (hex, 64)."""
    inner = hashlib.sha256(payload.encode()).hexdigest()
    return hashlib.sha256(f"\x01{previous}\n{position}\n{inner}".encode()).hexdigest()


def first_broken_link(rows):
    """The first row that does not follow from the one before, as (position, reason), or None.

    `rows` is an iterable of (position, payload, previous_hash, hash) in order of position.
    """
    previous, expected = GENESIS, 1
    for position, payload, previous_hash, own_hash in rows:
        if position != expected:
            return expected, f"baris {expected} hilang; sesudahnya baris {position}"
        if previous_hash != previous:
            return position, "tidak menyambung dengan baris sebelumnya"
        if own_hash != event_hash(previous=previous, position=position, payload=payload):
            return position, "isi tidak sesuai dengan sidik hash-nya"
        previous, expected = own_hash, expected + 1
    return None


def read_export(lines):
    for line in lines:
        row = json.loads(line)
        yield row["position"], row["payload"], row["previous_hash"], row["hash"]


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Periksa ekspor jejak audit.")
    parser.add_argument("export")
    parser.add_argument("--head", help="POSISI:HASH terakhir yang dicatat di luar sistem")
    options = parser.parse_args(arguments)
    with open(options.export, encoding="utf-8") as lines:
        rows = list(read_export(lines))
    if broken := first_broken_link(rows):
        print(f"RUSAK di baris {broken[0]}: {broken[1]}")
        return 1
    if options.head:
        position, _, own_hash = options.head.partition(":")
        if not any(row[0] == int(position) and row[3] == own_hash for row in rows):
            print(f"RUSAK: kepala rantai {options.head} tidak ada di ekspor ini")
            return 1
    print(f"UTUH: {len(rows)} baris, kepala {rows[-1][0]}:{rows[-1][3]}" if rows else "UTUH: kosong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
