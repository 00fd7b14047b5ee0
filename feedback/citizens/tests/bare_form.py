"""The yardstick of test_speed.py: a bare Django form of nine radios that keeps one row, and nothing else."""

import environ
from django import forms
from django.conf import settings

settings.configure(
    SECRET_KEY="only-for-measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bare_form",
    DATABASES={"default": environ.Env().db("DATABASE_URL") | {"CONN_MAX_AGE": 60}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.urls import path  # noqa: E402

application = get_wsgi_application()
PAGE = Template("<!doctype html><title>9</title><form method=post>{{ form }}<button>Kirim</button></form>")
ELEMENTS = (
    "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()  # noqa: SIM905
)
Bare = type(
    "Bare",
    (forms.Form,),
    {
        name: forms.ChoiceField(
            choices=[(value, f"Jawaban {value}") for value in "1234"], widget=forms.RadioSelect
        )
        for name in ELEMENTS
    },
)


def answer(request):
    form = Bare(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare_answer (said) VALUES (%s)", [str(form.cleaned_data)])
        return HttpResponseRedirect("/")
    return HttpResponse(PAGE.render(Context({"form": form})))


urlpatterns = [path("", answer)]
