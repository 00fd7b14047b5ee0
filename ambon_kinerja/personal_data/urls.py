"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("akun/data-saya/", views.my_data, name="my-data"),
    path("akun/data-saya/minta/", views.copy_request, name="data-copy-request"),
    path("akun/data-saya/<int:pk>/unduh/", views.copy_download, name="data-copy-download"),
    path("akun/riwayat-akses/", views.viewing_list, name="viewing-list"),
    path("data-pribadi/", views.personal_data, name="personal-data"),
    path("data-pribadi/retensi/", views.retention_list, name="retention-list"),
    path("data-pribadi/retensi/laporan/", views.retention_report, name="retention-report"),
    path("data-pribadi/retensi/<int:pk>/ubah/", views.retention_change, name="retention-change"),
    path("data-pribadi/insiden/", views.incident, name="incident-list"),
]
