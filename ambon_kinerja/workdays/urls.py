"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("hari-libur/", views.holiday_list, name="holiday-list"),
    path("hari-libur/tambah/", views.holiday_add, name="holiday-add"),
    path("hari-libur/<int:pk>/ubah/", views.holiday_edit, name="holiday-edit"),
    path("hari-libur/<int:pk>/hapus/", views.holiday_remove, name="holiday-remove"),
]
