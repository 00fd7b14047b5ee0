"""Addresses of the public results."""

from django.urls import path

from . import views

urlpatterns = [
    path("layanan/", views.service_list, name="service-list"),
    path("layanan/<slug:slug>/", views.service_index, name="service-index"),
    path("layanan/<slug:slug>/<str:quarter>/", views.service_index, name="service-index-quarter"),
]
