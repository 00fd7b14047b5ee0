"""Addresses of this room."""

from django.urls import path

from .views.home import home
from .views.progress import unit_progress, unit_progress_data, unit_progress_of

urlpatterns = [
    path("", home, name="home"),
    path("kemajuan-unit/", unit_progress, name="unit-progress"),
    path("kemajuan-unit/<int:pk>/", unit_progress_of, name="unit-progress-of"),
    path("kemajuan-unit/<int:pk>/kemajuan.csv", unit_progress_data, name="unit-progress-data"),
]
