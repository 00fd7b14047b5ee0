"""Addresses of this room."""

from django.urls import path

from .views.agreeing import skp_agree, skp_return, skp_submit, skp_withdraw
from .views.reading import skp_create, skp_detail
from .views.results import expectation_edit, result_add, result_edit, result_remove

urlpatterns = [
    path("skp/buat/", skp_create, name="skp-create"),
    path("skp/<int:pk>/", skp_detail, name="skp-detail"),
    path("skp/<int:pk>/hasil/tambah/", result_add, name="result-add"),
    path("skp/<int:pk>/hasil/<int:result>/", result_edit, name="result-edit"),
    path("skp/<int:pk>/hasil/<int:result>/hapus/", result_remove, name="result-remove"),
    path("skp/<int:pk>/ekspektasi/<int:value>/", expectation_edit, name="expectation-edit"),
    path("skp/<int:pk>/ajukan/", skp_submit, name="skp-submit"),
    path("skp/<int:pk>/tarik/", skp_withdraw, name="skp-withdraw"),
    path("skp/<int:pk>/kembalikan/", skp_return, name="skp-return"),
    path("skp/<int:pk>/sepakati/", skp_agree, name="skp-agree"),
]
