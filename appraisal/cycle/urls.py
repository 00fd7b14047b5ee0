"""Addresses of this room."""

from django.urls import path

from .views import period_add, period_change, period_list, window_change, year_close, year_detail, year_open

urlpatterns = [
    path("periode/", period_list, name="period-list"),
    path("periode/tambah/", period_add, name="period-add"),
    path("periode/<int:pk>/ubah/", period_change, name="period-change"),
    path("tahun-kinerja/buka/", year_open, name="year-open"),
    path("tahun-kinerja/<int:year>/", year_detail, name="year-detail"),
    path("tahun-kinerja/<int:year>/tutup/", year_close, name="year-close"),
    path("tahun-kinerja/tenggat/<int:pk>/ubah/", window_change, name="window-change"),
]
