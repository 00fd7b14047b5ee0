"""A field that finds a person, an account or a post by words, without a script: typed, searched, chosen from a list."""

from django import forms
from django.db.models import Prefetch, Q
from django.utils import timezone

from agencies.people.models import Assignment
from agencies.structure.models import PostVersion

from .directory import found_accounts, searched, with_work_on, work_of

MOST_FOUND = 8


class SearchField(forms.CharField):
    """The words in a filter above a list."""

    def __init__(self, label):
        super().__init__(
            label=label,
            required=False,
            max_length=80,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"max_length": "Pencarian paling panjang 80 tanda."},
        )


class LookupWidget(forms.Widget):
    """A text, a button that only searches, and what was found as radio buttons."""

    template_name = "agencies/access/lookup.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.found, self.has_more = [], False

    def value_from_datadict(self, data, files, name):
        return tuple(data.get(f"{name}{part}", "") for part in ("", "_pilih", "_untuk"))

    def format_value(self, value):
        return value

    def get_context(self, name, value, attrs):
        if isinstance(value, tuple):
            text, chosen, _ = value
        else:  # a record, when the form is shown for the first time
            text, chosen = getattr(value, "name", ""), str(getattr(value, "pk", ""))
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "text": text,
            "chosen": chosen,
            "found": self.found,
            "has_more": self.has_more,
        }
        return context


class LookupField(forms.Field):
    """`find(text)` gives at most MOST_FOUND + 1 Options, `find(text, key)` that one if the text still finds it.

    The value is the chosen record. A choice counts only while the text it was found by is unchanged.
    """

    widget = LookupWidget

    def __init__(self, *, find=None, nothing="Tidak ada yang cocok. Coba satu kata saja.", **options):
        super().__init__(**options)
        self.find, self.nothing = find, nothing

    def clean(self, value):
        text, chosen, searched_for = (part.strip() for part in value)
        if not text:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        text = text[:160]
        if is_key(chosen) and searched_for in ("", text) and (picked := self.find(text, int(chosen))):
            return picked[0].record
        options = self.search(text)
        if not options:
            raise forms.ValidationError(self.nothing)
        if len(options) == 1 and options[0].is_exact(text):
            return options[0].record
        raise forms.ValidationError("Pilih satu dari daftar yang ditemukan.")

    def search(self, text):
        options = self.find(text)
        self.widget.found = options[:MOST_FOUND]
        self.widget.has_more = len(options) > MOST_FOUND
        return self.widget.found

    def show(self, value):
        """Only search for what was typed."""
        if text := value[0].strip():
            return bool(self.search(text[:160]))
        return True

    def has_changed(self, initial, data):
        return bool(data and data[0])


def search_only(form):
    """The user has asked only to search: what he typed stays, nothing else of `form` is looked at."""
    form._errors = forms.utils.ErrorDict()
    form.cleaned_data = {}
    for name, field in form.fields.items():
        if isinstance(field, LookupField) and not field.show(form[name].data):
            form.add_error(name, field.nothing)


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < 18


class Option:
    """One found record: its key, name and a line that tells it from others of that name."""

    def __init__(self, record, *, name, detail, exact=()):
        self.record, self.key, self.name, self.detail, self.exact = record, record.pk, name, detail, exact

    def is_exact(self, text):
        squeezed = "".join(text.split()).lower()
        return any(squeezed == "".join(each.split()).lower() for each in self.exact if each)


def person_finder(people, *, with_nip=True):
    """A `find` over the queryset `people`; who sees no NIP tells people by post and unit only."""

    def find(text, key=None):
        today = timezone.localdate()
        known = people if key is None else people.filter(pk=key)
        found = with_work_on(searched(known, text=text, day=today), today)
        return [person_option(each, with_nip) for each in found[: MOST_FOUND + 1]]

    return find


def person_option(person, with_nip):
    post = post_words(person)
    detail = f"NIP …{person.nip[-6:]} · {post}" if with_nip and person.nip else post
    return Option(
        person, name=person.name, detail=detail, exact=(person.nip if with_nip else "", person.name)
    )


def post_words(person):
    work = work_of(person)
    return f"{work[0].post.name}, {work[0].post.unit.name}" if work else "tanpa jabatan hari ini"


def account_finder(accounts):
    """A `find` over the Users `accounts`, by words of the name and the address or the end of the NIP."""

    def find(text, key=None):
        known = accounts if key is None else accounts.filter(pk=key)
        present = Assignment.objects.on(timezone.localdate()).select_related("post__unit").order_by("pk")
        work = Prefetch("employee__assignments", present, to_attr="present")
        found = found_accounts(known, text).prefetch_related(work)
        return [account_option(each) for each in found[: MOST_FOUND + 1]]

    return find


def account_option(account):
    person = getattr(account, "employee", None)
    nip = person.nip if person and person.nip else ""
    parts = [
        account.email,
        f"NIP …{nip[-6:]}" if nip else "",
        post_words(person) if person else "tanpa pegawai",
    ]
    return Option(
        account, name=account.name, detail=" · ".join(filter(None, parts)), exact=(account.email, nip)
    )


def post_finder(posts, *, day=None):
    """A `find` over the posts that exist on `day` (None: today), by words of the post's and the unit's name."""

    def find(text, key=None):
        known = posts if key is None else posts.filter(pk=key)
        found = known.filter(pk__in=PostVersion.objects.on(day or timezone.localdate()).values("post"))
        for word in text.split()[:6]:
            found = found.filter(named(word))
        return [
            Option(post, name=post.name, detail=post.unit.name, exact=(post.code, post.name))
            for post in found.select_related("unit")[: MOST_FOUND + 1]
        ]

    return find


def named(word):
    return Q(name__icontains=word) | Q(unit__name__icontains=word) | Q(code__iexact=word)
