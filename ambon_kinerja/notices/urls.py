"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("pemberitahuan/", views.notice_list, name="notice-list"),
    path("pemberitahuan/dibaca/", views.notice_read_all, name="notice-read-all"),
    path("pemberitahuan/<int:pk>/buka/", views.notice_open, name="notice-open"),
]
