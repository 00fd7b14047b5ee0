"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("laporan/", views.report_list, name="report-list"),
    path("laporan/minta/", views.report_request, name="report-request"),
    path("laporan/<int:pk>/", views.report_detail, name="report-detail"),
    path("laporan/<int:pk>/unduh/", views.report_download, name="report-download"),
]
