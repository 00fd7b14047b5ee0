"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("suara-warga/<int:skp>/<int:period>/", views.voice_list, name="voice-list"),
    path("suara-warga/<int:skp>/<int:period>/kutip/<slug:piece>/", views.voice_cite, name="voice-cite"),
]
