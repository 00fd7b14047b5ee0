"""Which text somebody had before him when he began to change it."""

import hashlib
import json


def fingerprint(content):
    """Short, and another one as soon as a word of `content` (lists and dicts of texts and numbers) is."""
    text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
