"""All addresses of the app, by room."""

from django.urls import include, path

app_name = "agencies"
urlpatterns = [
    path("", include("agencies.structure.urls")),
    path("", include("agencies.access.urls")),
    path("", include("agencies.accounts.urls")),
    path("", include("agencies.intake.urls")),
    path("", include("agencies.chart.urls")),
    path("", include("agencies.careers.urls")),
]
