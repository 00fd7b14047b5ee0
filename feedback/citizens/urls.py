"""Addresses of the public survey."""

from django.urls import path

from . import views

urlpatterns = [
    path("survei/<slug:slug>/", views.survey, name="survey"),
    path("survei/<slug:slug>/terima-kasih/<slug:reference>/", views.thanks, name="survey-thanks"),
]
