"""Addresses of this room. /v/ is short because it is printed and coded in a QR."""

from django.urls import path

from . import views

urlpatterns = [
    path("verifikasi/", views.verify, name="document-verify"),
    path("v/<str:code>/", views.verify_code, name="document-verify-code"),
    path("v/<str:code>/unduh/", views.download, name="document-download"),
]
