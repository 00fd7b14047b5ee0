"""All addresses, by app."""

from django.urls import include, path

from .health import healthy

handler400 = "ambon_kinerja.responses.bad_request"
urlpatterns = [
    path("sehat/", healthy, name="healthy"),
    # First what hundreds of citizens may ask a second.
    path("", include("feedback.urls")),
    path("", include("ambon_kinerja.mechanics_urls")),
    path("", include("agencies.urls")),
    path("", include("appraisal.urls")),
]

handler500 = "ambon_kinerja.trouble.something_broke"
