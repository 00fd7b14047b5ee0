"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("capaian-organisasi/", views.organisation_list, name="organisation-list"),
    path("capaian-organisasi/<int:unit>/<slug:code>/", views.organisation_detail, name="organisation-detail"),
]
