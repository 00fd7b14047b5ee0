"""All addresses of the app, by room."""

from django.urls import include, path

app_name = "feedback"
urlpatterns = [
    path("", include("feedback.services.urls")),
    path("", include("feedback.citizens.urls")),
    path("", include("feedback.channels.urls")),
    path("", include("feedback.results.urls")),
]
