"""Addresses of this room."""

from django.urls import path

from .views import people

urlpatterns = [
    path("pegawai/", people.employee_list, name="employee-list"),
    path("pegawai/cari/", people.employee_search, name="employee-search"),
    path("pegawai/<int:pk>/", people.employee_detail, name="employee-detail"),
]
