"""The addresses of jobs, documents, notices and personal data."""

from django.urls import include, path

from .statements import accessibility

app_name = "ambon_kinerja"
urlpatterns = [
    path("aksesibilitas/", accessibility, name="accessibility"),
    path("", include("ambon_kinerja.jobs.urls")),
    path("", include("ambon_kinerja.documents.urls")),
    path("", include("ambon_kinerja.notices.urls")),
    path("", include("ambon_kinerja.workdays.urls")),
    path("", include("ambon_kinerja.personal_data.urls")),
]
