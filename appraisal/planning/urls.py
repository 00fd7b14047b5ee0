"""Addresses of this room."""

from django.urls import path

from .views.adjusting import adjustment_begin, adjustment_drop
from .views.agreeing import skp_agree, skp_return, skp_submit, skp_withdraw
from .views.formats import skp_format
from .views.linking import skp_link
from .views.printing import skp_print
from .views.reading import skp_create, skp_detail
from .views.results import expectation_edit, result_add, result_edit, result_remove
from .views.versions import version_detail, version_list

urlpatterns = [
    path("skp/buat/", skp_create, name="skp-create"),
    path("skp/<int:pk>/", skp_detail, name="skp-detail"),
    path("skp/<int:pk>/cetak/", skp_print, name="skp-print"),
    path("skp/<int:pk>/format/", skp_format, name="skp-format"),
    path("skp/<int:pk>/hasil/tambah/", result_add, name="result-add"),
    path("skp/<int:pk>/hasil/<int:result>/", result_edit, name="result-edit"),
    path("skp/<int:pk>/hasil/<int:result>/hapus/", result_remove, name="result-remove"),
    path("skp/<int:pk>/ekspektasi/<int:value>/", expectation_edit, name="expectation-edit"),
    path("skp/<int:pk>/hubungkan/", skp_link, name="skp-link"),
    path("skp/<int:pk>/ajukan/", skp_submit, name="skp-submit"),
    path("skp/<int:pk>/tarik/", skp_withdraw, name="skp-withdraw"),
    path("skp/<int:pk>/kembalikan/", skp_return, name="skp-return"),
    path("skp/<int:pk>/sepakati/", skp_agree, name="skp-agree"),
    path("skp/<int:pk>/sesuaikan/", adjustment_begin, name="adjustment-begin"),
    path("skp/<int:pk>/batalkan/", adjustment_drop, name="adjustment-drop"),
    path("skp/<int:pk>/versi/", version_list, name="version-list"),
    path("skp/<int:pk>/versi/<int:number>/", version_detail, name="version-detail"),
]
