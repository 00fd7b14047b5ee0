"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("impor/", views.import_list, name="import-list"),
    path("impor/baru/", views.import_new, name="import-new"),
    path("impor/templat/", views.import_template, name="import-template"),
    path("impor/templat/csv/", views.import_template_csv, name="import-template-csv"),
    path("impor/<int:pk>/", views.import_detail, name="import-detail"),
    path("impor/<int:pk>/salinan/", views.import_marked, name="import-marked"),
    path("impor/<int:pk>/akhiri/", views.import_endings, name="import-endings"),
    path("impor/<int:pk>/terapkan/", views.import_apply, name="import-apply"),
    path("impor/<int:pk>/batalkan/", views.import_undo, name="import-undo"),
    path("impor/<int:pk>/buang/", views.import_discard, name="import-discard"),
]
