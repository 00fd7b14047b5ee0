"""All addresses of the app, by room."""

from django.urls import include, path

app_name = "feedback"
urlpatterns = [
    path("", include("feedback.citizens.urls")),
    path("", include("feedback.services.urls")),
    path("", include("feedback.complaints.urls")),
    path("", include("feedback.complaints.restricted.urls")),
    path("", include("feedback.colleagues.urls")),
    path("", include("feedback.channels.urls")),
    path("", include("feedback.results.urls")),
    path("", include("feedback.followup.urls")),
]
