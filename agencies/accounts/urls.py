"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("masuk/", views.sign_in, name="sign-in"),
    path("keluar/", views.sign_out, name="sign-out"),
    path("sampai-jumpa/", views.signed_out, name="signed-out"),
    path("akun/kata-sandi/", views.password_change, name="password-change"),
]
