"""Addresses of this room."""

from django.urls import path

from .views.adjusting import adjustment_begin, adjustment_drop
from .views.agreeing import skp_agree, skp_return, skp_submit, skp_withdraw
from .views.annexes import annex, annex_edit, annex_print, annex_support
from .views.copying import result_absolute, result_origin, skp_copy
from .views.formats import skp_format
from .views.library import example_list, library_add, library_edit, library_list, library_switch
from .views.linking import skp_link
from .views.manuals import manual_edit, manual_list, manual_print
from .views.printing import skp_print
from .views.reading import skp_create, skp_detail
from .views.results import expectation_edit, result_add, result_edit, result_remove
from .views.study import study, study_edit, study_remove, study_results
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
    path("skp/<int:pk>/lampiran/", annex, name="annex"),
    path("skp/<int:pk>/lampiran/ubah/", annex_edit, name="annex-edit"),
    path("skp/<int:pk>/lampiran/cetak/", annex_print, name="annex-print"),
    path("skp/<int:pk>/lampiran/<int:line>/dukungan/", annex_support, name="annex-support"),
    path("skp/<int:pk>/manual/", manual_list, name="manual-list"),
    path("skp/<int:pk>/manual/cetak/", manual_print, name="manual-print"),
    path("skp/<int:pk>/manual/<int:indicator>/", manual_edit, name="manual-edit"),
    path("skp/<int:pk>/tugas-belajar/", study, name="study"),
    path("skp/<int:pk>/tugas-belajar/ubah/", study_edit, name="study-edit"),
    path("skp/<int:pk>/tugas-belajar/hasil/", study_results, name="study-results"),
    path("skp/<int:pk>/tugas-belajar/hapus/", study_remove, name="study-remove"),
    path("skp/<int:pk>/salin/", skp_copy, name="skp-copy"),
    path("skp/<int:pk>/hasil/<int:result>/asal/", result_origin, name="result-origin"),
    path("skp/<int:pk>/hasil/<int:result>/target-mutlak/", result_absolute, name="result-absolute"),
    path("skp/<int:pk>/contoh/", example_list, name="example-list"),
    path("pustaka-contoh/", library_list, name="library-list"),
    path("pustaka-contoh/tambah/", library_add, name="library-add"),
    path("pustaka-contoh/<int:pk>/", library_edit, name="library-edit"),
    path("pustaka-contoh/<int:pk>/tawarkan/", library_switch, name="library-switch"),
]
