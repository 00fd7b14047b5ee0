"""The addresses of jobs, documents, notices and personal data."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

# What the city promises to everyone who uses these pages.
accessibility = require_safe(TemplateView.as_view(template_name="ambon_kinerja/accessibility.html"))

app_name = "ambon_kinerja"
urlpatterns = [
    path("aksesibilitas/", login_not_required(accessibility), name="accessibility"),
    path("", include("ambon_kinerja.jobs.urls")),
    path("", include("ambon_kinerja.documents.urls")),
    path("", include("ambon_kinerja.notices.urls")),
    path("", include("ambon_kinerja.workdays.urls")),
    path("", include("ambon_kinerja.personal_data.urls")),
]
