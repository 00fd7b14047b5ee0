"""Addresses of this room."""

from django.urls import path

from .views import people as views

urlpatterns = [
    path("akun/", views.account, name="account"),
    path("pegawai/", views.employee_list, name="employee-list"),
    path("pegawai/cari/", views.employee_search, name="employee-search"),
    path("pegawai/<int:pk>/", views.employee_detail, name="employee-detail"),
]
