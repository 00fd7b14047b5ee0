"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("pekerjaan/", views.job_list, name="job-list"),
    path("pekerjaan/<int:pk>/", views.job_detail, name="job-detail"),
    path("pekerjaan/<int:pk>/batalkan/", views.job_cancel, name="job-cancel"),
]
