"""All addresses of the app, by room."""

from django.urls import include, path

app_name = "appraisal"
urlpatterns = [
    path("", include("appraisal.dashboard.urls")),
    path("", include("appraisal.rulebook.urls")),
    path("", include("appraisal.cycle.urls")),
    path("", include("appraisal.goals.urls")),
    path("", include("appraisal.planning.urls")),
    path("", include("appraisal.cascading.urls")),
    path("", include("appraisal.monitoring.urls")),
    path("", include("appraisal.citing.urls")),
    path("", include("appraisal.guidance.urls")),
    path("", include("appraisal.organisation.urls")),
    path("", include("appraisal.calibration.urls")),
    path("", include("appraisal.objections.urls")),
    path("", include("appraisal.corrections.urls")),
    path("", include("appraisal.scoring.urls")),
    path("", include("appraisal.outcomes.urls")),
    path("", include("appraisal.reports.urls")),
]
