"""Addresses of the results: public pages and open data, and the pages of the officers."""

from django.urls import path

from .views import officers, open_data, public

urlpatterns = [
    path("layanan/", public.service_list, name="service-list"),
    path("layanan/kota/", public.unit_index, name="city-index"),
    path("layanan/unit/<int:pk>/", public.unit_index, name="unit-index"),
    path("layanan/unit/<int:pk>/<str:quarter>/", public.unit_index, name="unit-index-quarter"),
    path("layanan/<slug:slug>/", public.service_index, name="service-index"),
    path("layanan/<slug:slug>/<str:quarter>/", public.service_index, name="service-index-quarter"),
    path("data-terbuka/", open_data.open_data, name="open-data"),
    path("data-terbuka/<str:name>", open_data.open_file, name="open-file"),
    path("hasil-survei/", officers.result_list, name="result-list"),
    path("hasil-survei/loket/", officers.counter_list, name="counter-list"),
    path("hasil-survei/<str:quarter>/kunci/", officers.quarter_lock, name="quarter-lock"),
    path("hasil-survei/unit/<int:pk>/<str:quarter>/", officers.unit_report, name="survey-report"),
]
