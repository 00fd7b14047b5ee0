"""The yardstick of bin/bench: a bare Django view that reads 25 rows and renders them, and nothing else."""

import environ
from django.conf import settings

settings.configure(
    SECRET_KEY="only-for-measuring",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench_bare",
    DATABASES={"default": environ.Env().db("DATABASE_URL") | {"CONN_MAX_AGE": 60}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.urls import path  # noqa: E402

application = get_wsgi_application()
PAGE = Template(
    "<!doctype html><title>25</title><table>{% for number, name, city in rows %}"
    "<tr><td>{{ number }}<td>{{ name }}<td>{{ city }}{% endfor %}</table>"
)
ROWS = "SELECT n, 'Pegawai ' || n, 'Ambon' FROM generate_series(1, 25) AS n"


def rows(request):
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return HttpResponse(PAGE.render(Context({"rows": cursor.fetchall()})))


urlpatterns = [path("", rows)]
