"""Addresses of this room."""

from django.urls import path

from .views import period_add, period_change, period_list

urlpatterns = [
    path("periode/", period_list, name="period-list"),
    path("periode/tambah/", period_add, name="period-add"),
    path("periode/<int:pk>/ubah/", period_change, name="period-change"),
]
