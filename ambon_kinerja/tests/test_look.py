"""What files alone can promise of the look: contrast, weight, no inline code, one wording per error."""

import gzip
import html
import re
from pathlib import Path

import pytest
from crispy_forms.bootstrap import FieldWithButtons, FormActions, InlineRadios, PrependedText, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, Column, Div, Field, Fieldset, Layout, MultiField, Row, Submit
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from ambon_kinerja.charts import bar_chart, in_words, line_chart
from ambon_kinerja.widgets import DayInput, RadiosWithHints

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", (STATIC / "css/tokens.css").read_text()))

# (in front, behind, at least): text 4.5 : 1 and more where promised, controls and parts of charts 3 : 1
PROMISES = [
    ("ink", "paper", 16),
    ("ink", "sand", 14),
    ("ink", "laut-wash", 13),
    ("ink-soft", "paper", 7),
    ("ink-soft", "sand", 6),
    ("ink-soft", "laut-wash", 6),
    ("laut", "paper", 7),
    ("laut", "sand", 6.5),
    ("laut", "laut-wash", 6),
    ("paper", "laut", 7),
    ("laut-deep", "paper", 11),
    ("laut-deep", "laut-wash", 9),
    ("laut-deep", "laut-pale", 8),
    ("paper", "laut-deep", 11),
    ("laut-pale", "laut-deep", 7),
    ("cengkih", "paper", 6.5),
    ("cengkih", "sand", 5.5),
    ("cengkih-bright", "laut-deep", 4.5),
    ("ok", "paper", 5.9),
    ("ok", "ok-wash", 5),
    ("warn", "paper", 5.5),
    ("warn", "warn-wash", 5),
    ("stop", "paper", 6),
    ("stop", "stop-wash", 5),
    ("stop", "sand", 5.5),
    ("info", "paper", 6),
    ("info", "info-wash", 5),
    ("ink", "ok-wash", 13),
    ("ink", "warn-wash", 13),
    ("ink", "stop-wash", 13),
    ("ink", "info-wash", 13),
    ("ink", "cengkih-wash", 13),
    ("ink", "focus", 9.9),
    ("line-strong", "paper", 3),
    ("line-strong", "sand", 3),
    ("sangat-baik", "paper", 3),
    ("baik", "paper", 3),
    ("kurang", "paper", 3),
    ("sangat-kurang", "paper", 3),
    ("ink", "butuh-perbaikan", 3),
    ("chart-1", "paper", 3),
    ("chart-2", "paper", 3),
    ("chart-3", "paper", 3),
    ("chart-4", "paper", 2.9),
]


def luminance(colour):
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front, behind):
    lighter, darker = sorted((luminance(TOKENS[front]), luminance(TOKENS[behind])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("front", "behind", "promised"), PROMISES)
def test_a_pair_of_colours_keeps_its_contrast(front, behind, promised):
    assert contrast(front, behind) >= promised


def test_all_style_sheets_of_pages_together_weigh_at_most_16_kb():
    sheets = [sheet for sheet in sorted((STATIC / "css").glob("*.css")) if not sheet.name.startswith("pdf")]

    assert {"tokens.css", "base.css", "components.css", "print.css"} <= {sheet.name for sheet in sheets}
    assert len(gzip.compress(b"".join(sheet.read_bytes() for sheet in sheets))) <= 16 * 1024


def test_each_picture_weighs_at_most_4_kb():
    assert [picture.name for picture in (STATIC / "img").iterdir() if picture.stat().st_size > 4096] == []


def test_the_style_sheets_name_only_colours_that_exist():
    known = set(
        re.findall(r"(--[a-z0-9-]+):", "".join(p.read_text() for p in (STATIC / "css").glob("*.css")))
    )
    used = set(
        re.findall(r"var\((--[a-z0-9-]+)", "".join(p.read_text() for p in (STATIC / "css").glob("*.css")))
    )

    assert used - known == set()


def pages():
    """Every template a browser gets (documents and letters have rules of their own)."""
    return [
        path
        for path in TEMPLATES.rglob("*")
        if path.suffix in {".html", ".svg"} and not {"pdf", "emails"} & set(path.relative_to(TEMPLATES).parts)
    ]


@pytest.mark.parametrize(
    "forbidden",
    [r"\sstyle\s*=", r"<style\b", r"<script\b(?![^>]*\bsrc=)", r"\son[a-z]+\s*=\s*[\"']", r"javascript:"],
)
def test_no_template_carries_inline_code(forbidden):
    assert [str(path) for path in pages() if re.search(forbidden, path.read_text(), re.I)] == []


def test_no_template_switches_escaping_off():
    assert [str(path) for path in pages() if re.search(r"\|\s*safe\b|autoescape off", path.read_text())] == []


def test_every_component_says_what_it_takes():
    pieces = [path for path in (TEMPLATES / "components").iterdir() if path.is_file()]

    assert [path.name for path in pieces if not path.read_text().startswith("{% comment %}")] == []


class Question(forms.Form):
    name = forms.CharField(
        label="Nama", help_text="Seperti di kartu.", error_messages={"required": "Isi <nama>"}
    )
    rating = forms.ChoiceField(
        label="Rating",
        choices=[("meets", "Sesuai"), ("above", "Di atas")],
        widget=RadiosWithHints(hints={"above": "Menjadi contoh."}),
        error_messages={"required": "Pilih satu rating"},
    )
    values = forms.MultipleChoiceField(
        label="Nilai",
        choices=[("a", "Akuntabel"), ("k", "Kompeten")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih nilai yang tampak"},
    )
    unit = forms.ChoiceField(label="Unit", choices=[("", "Pilih")], error_messages={"required": "Pilih unit"})
    day = forms.DateField(label="Hari", widget=DayInput, error_messages={"required": "Isi hari"})
    span = forms.SplitDateTimeField(label="Waktu", error_messages={"required": "Isi waktu"})
    proof = forms.FileField(label="Bukti", error_messages={"required": "Pilih berkas bukti"})
    note = forms.CharField(label="Catatan", widget=forms.Textarea, error_messages={"required": "Isi catatan"})
    sure = forms.BooleanField(label="Saya setuju", error_messages={"required": "Nyatakan setuju"})
    more = forms.CharField(label="Tambahan", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


EXPECTED = [
    "Isi <nama>",
    "Pilih satu rating",
    "Pilih nilai yang tampak",
    "Pilih unit",
    "Isi hari",
    "Isi waktu",
    "Pilih berkas bukti",
    "Isi catatan",
    "Nyatakan setuju",
]
FIELDS = list(Question.base_fields)
LAYOUTS = {
    "no layout": None,
    "plain": Layout(*FIELDS),
    "fieldset": Layout(Fieldset("Bagian {{ part }}", *FIELDS)),
    "rows": Layout(Row(Column(*FIELDS[:5]), Column(*FIELDS[5:]))),
    "div": Layout(Div(*FIELDS, css_class="panel")),
    "multi": Layout(MultiField("Bagian", *FIELDS)),
    "field": Layout(*(Field(name, wrapper_class="wide") for name in FIELDS)),
    "bootstrap": Layout(
        PrependedText("name", "Bpk/Ibu"),
        InlineRadios("rating"),
        *FIELDS[2:7],
        FieldWithButtons("note", StrictButton("Hitung", css_class="secondary")),
        *FIELDS[8:],
        FormActions(Submit("kirim", "Kirim"), Button("batal", "Batal")),
    ),
}


def laid_out(layout):
    helper = FormHelper()
    helper.layout = layout
    return helper


def inline_errors(page):
    return [html.unescape(text) for text in re.findall(r'<p class="field-error">(.*?)</p>', page, re.S)]


def summary_lines(page):
    return [html.unescape(text) for text in re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", page, re.S)]


def summary_of(**context):
    return render_to_string("components/error_summary.html", context)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_summary_and_the_fields_say_the_same_words(name):
    form = Question({})

    page = Template("{% load crispy_forms_tags %}{% crispy form helper %}").render(
        Context({"form": form, "helper": laid_out(LAYOUTS[name]), "part": "A"})
    )

    assert inline_errors(page) == EXPECTED
    assert summary_lines(summary_of(form=form)) == EXPECTED


def test_the_crispy_filter_says_the_same_words():
    form = Question({})

    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))

    assert inline_errors(page) == EXPECTED
    assert (
        summary_lines(
            Template("{% load crispy_forms_filters %}{{ form|as_crispy_errors }}").render(
                Context({"form": form})
            )
        )
        == EXPECTED
    )


def test_a_set_of_forms_says_the_same_words():
    many = forms.formset_factory(Question, extra=0)({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"})

    page = Template("{% load crispy_forms_tags %}{% crispy many helper %}").render(
        Context({"many": many, "helper": laid_out(None)})
    )

    assert inline_errors(page) == EXPECTED * 2
    assert summary_lines(summary_of(formset=many)) == EXPECTED * 2
    assert page.count("<form") == 1


def test_every_line_of_the_summary_leads_to_a_control():
    form = Question({})

    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))
    targets = re.findall(r'href="#([^"]+)"', summary_of(form=form))

    assert len(targets) == len(EXPECTED)
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_every_hint_and_error_is_tied_to_its_control():
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": Question({})})
    )
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()

    assert {
        "id_name_helptext",
        "id_name_error",
        "id_rating_error",
        "id_rating_1_hint",
        "id_sure_error",
    } <= set(described)
    assert [name for name in described if page.count(f'id="{name}"') != 1] == []


def test_a_form_leaves_the_checking_to_us_and_marks_only_what_is_optional():
    page = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": Question()}))

    assert re.search(r"<form[^>]* novalidate", page)
    assert re.search(r'<form[^>]* enctype="multipart/form-data"', page)
    assert page.count("(opsional)") == 1
    assert " checked" not in page


def test_the_title_begins_with_galat_when_an_answer_is_wrong():
    page = render_to_string("agencies/accounts/sign_in.html", {"form": Question({})})

    assert "<title>Galat: Masuk – Ambon Kinerja</title>" in page
    assert page.count('id="ada-masalah"') == 1


def test_the_page_for_our_own_fault_needs_no_context():
    assert "Layanan sedang terganggu" in render_to_string("500.html")


def test_bars_are_shares_of_the_largest():
    chart = bar_chart(
        [("Baik", 34, "baik"), ("Kurang", 17, "kurang"), ("Lain", 0, "")], title="t", unit="pegawai"
    )

    assert [(bar.width, bar.text) for bar in chart.bars] == [
        ("100.0%", "34 pegawai"),
        ("50.0%", "17 pegawai"),
        ("0.0%", "0 pegawai"),
    ]


def test_a_long_label_takes_lines_of_its_own_and_pushes_the_next_bar_down():
    chart = bar_chart(
        [("Penanganan pengaduan, saran, dan masukan", 4, ""), ("Sarana", 3, "")], title="t", unit=""
    )

    first, second = chart.bars
    assert first.lines == [("Penanganan pengaduan,", "18"), ("saran, dan masukan", "38")]
    assert (first.bar_y, second.lines, second.bar_y) == ("47", [("Sarana", "100")], "109")
    assert chart.height == "136"


def test_a_missing_value_is_a_gap_in_the_line_and_a_word_in_the_table():
    chart = line_chart(["I", "II", "III"], [("Rijali", [70, None, 72.5])], title="t", unit="indeks", top=100)

    assert chart.lines[0].strokes == []
    assert chart.lines[0].cells == [("I", "70"), ("II", "tidak ada data"), ("III", "72,5")]


def test_a_fifth_line_is_refused():
    with pytest.raises(ValueError, match="four"):
        line_chart(["I"], [(str(number), [1]) for number in range(5)], title="t", unit="x", top=1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234.5, "1.234,5"),
        ("88.31000", "88,31"),
        (100, "100"),
        ("2.005", "2,01"),
        (0, "0"),
        ("89.00", "89,00"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value, words):
    assert in_words(value) == words
