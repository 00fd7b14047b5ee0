"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("skp/<int:skp>/realisasi/<int:period>/", views.realisation_edit, name="realisation-edit"),
    path("skp/<int:skp>/realisasi/<int:period>/bukti/tambah/", views.evidence_add, name="evidence-add"),
    path("bukti/<int:pk>/", views.evidence_open, name="evidence-open"),
    path("skp/<int:skp>/umpan-balik/tambah/", views.feedback_add, name="feedback-add"),
]
