"""The copy itself: a ZIP with data.json for machines and data-saya.pdf for people."""

import json
import re
import zipfile
from io import BytesIO

from django.template.loader import render_to_string

from ambon_kinerja.documents.pdf.render import render_pdf

from .catalogue import MEANING, PERSONAL
from .words import period_in_words

MOST_ROWS_IN_PDF = 100
LONGEST_VALUE_IN_PDF = 300
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):[\d.]+\+09:00)?")
TITLE = "Data pribadi saya"


def package(user, groups, rules, made_at):
    """The bytes of the ZIP. `groups` as gathered, `rules` {record class: RetentionRule}, `made_at` aware."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("data.json", as_json(user, groups, rules, made_at))
        whole.writestr("data-saya.pdf", as_pdf(user, groups, rules, made_at))
    return target.getvalue()


def as_json(user, groups, rules, made_at):
    content = {
        "judul": TITLE,
        "atas_nama": str(user),
        "dibuat": made_at.isoformat(),
        "golongan": {given.label: MEANING[given] for given in PERSONAL},
        "kelompok": [
            {
                "kode": group.label,
                "judul": group.title,
                "untuk_apa": group.kept.purpose,
                "siapa_boleh_membaca": group.kept.readers,
                "disimpan": period_in_words(rules.get(group.kept.retention)),
                "tidak_disertakan": group.remarks,
                "kolom": {
                    name: {"nama": words, "golongan": given} | ({"pilihan": choices} if choices else {})
                    for name, words, given, choices in group.columns
                },
                "baris": group.rows,
            }
            for group in groups
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_pdf(user, groups, rules, made_at):
    context = {
        "title": TITLE,
        "user": user,
        "made_at": made_at,
        "groups": [printed(group, rules) for group in groups],
        "most": MOST_ROWS_IN_PDF,
    }
    html = render_to_string("pdf/ambon_kinerja/my_data.html", context)
    return render_pdf(html, title=TITLE, issued_at=made_at)


def printed(group, rules):
    """A group as the PDF shows it: the newest rows, each as (words, text) pairs without empty ones."""
    newest = group.rows[-MOST_ROWS_IN_PDF:][::-1]
    return {
        "title": group.title,
        "kept": group.kept,
        "period": period_in_words(rules.get(group.kept.retention)),
        "remarks": group.remarks,
        "count": len(group.rows),
        "rows": [list(pairs(row, group.columns)) for row in newest],
    }


def pairs(row, columns):
    for name, words, _, choices in columns:
        text = in_text(row[name], choices)
        if text:
            yield words[:1].upper() + words[1:], shortened(text)


def in_text(value, choices):
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, dict) and value.keys() == {"sejak", "sampai_sebelum"}:
        end = value["sampai_sebelum"]
        until = f" sampai sebelum {moment_in_words(end)}" if end else ""
        return f"sejak {moment_in_words(value['sejak'])}{until}"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return choices.get(str(value)) or moment_in_words(str(value))


def moment_in_words(text):
    """ "2026-11-26T21:05:00+09:00" → "26-11-2026 pukul 21.05 WIT"; a day alone likewise; other texts unchanged."""
    found = MOMENT.fullmatch(text)
    if not found:
        return text
    year, month, day, hour, minute = found.groups()
    return f"{day}-{month}-{year}" + (f" pukul {hour}.{minute} WIT" if hour else "")


def shortened(text):
    if len(text) <= LONGEST_VALUE_IN_PDF:
        return text
    return f"{text[:LONGEST_VALUE_IN_PDF]}… (selengkapnya di data.json)"
