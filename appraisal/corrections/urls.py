"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("hasil/ralat/", views.correction_list, name="correction-list"),
    path("hasil/ralat/<int:pk>/", views.correction_detail, name="correction-detail"),
]
