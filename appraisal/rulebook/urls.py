"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("aturan/", views.rule_list, name="rule-list"),
    path("aturan/usulan/<int:pk>/", views.rule_change, name="rule-change"),
    path("aturan/<slug:key>/", views.rule_detail, name="rule-detail"),
    path("aturan/<slug:key>/usulkan/", views.rule_propose, name="rule-propose"),
]
