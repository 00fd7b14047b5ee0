"""Addresses of this room."""

from django.urls import path

from .views import documents, dossier, examining, objecting, reading, reporting

urlpatterns = [
    path("dokumen-evaluasi/", documents.document_list, name="document-list"),
    path("dokumen-evaluasi/serahkan/", documents.document_hand_over_many, name="document-hand-over-many"),
    path("dokumen-evaluasi/laporkan/", reporting.document_report, name="document-report"),
    path("dokumen-evaluasi/<int:pk>/", documents.document_detail, name="document-detail"),
    path("dokumen-evaluasi/<int:pk>/cetak/", documents.document_print, name="document-print"),
    path("dokumen-evaluasi/<int:pk>/serahkan/", documents.document_hand_over, name="document-hand-over"),
    path("dokumen-evaluasi/<int:pk>/terima/", documents.document_receive, name="document-receive"),
    path("dokumen-evaluasi/<int:pk>/tandatangani/", documents.document_return, name="document-return"),
    path("dokumen-evaluasi/<int:pk>/keberatan/", objecting.objection_start, name="objection-start"),
    path("keberatan/", examining.objection_list, name="objection-list"),
    path("keberatan/angka/", dossier.objection_figures, name="objection-figures"),
    path("keberatan/<int:pk>/", examining.objection_detail, name="objection-detail"),
    path("keberatan/<int:pk>/tulis/", objecting.objection_write, name="objection-write"),
    path("keberatan/<int:pk>/berkas/", objecting.objection_file_add, name="objection-file-add"),
    path("keberatan/<int:pk>/tarik/", objecting.objection_withdraw, name="objection-withdraw"),
    path("keberatan/<int:pk>/penjelasan/", examining.objection_explain, name="objection-explain"),
    path("keberatan/<int:pk>/pertemuan/", examining.objection_hearing, name="objection-hearing"),
    path("keberatan/<int:pk>/jawaban/", examining.objection_answer, name="objection-answer"),
    path("keberatan/<int:pk>/berita-acara/", examining.objection_minutes, name="objection-minutes"),
    path("keberatan/<int:pk>/putuskan/", examining.objection_decide, name="objection-decide"),
    path("keberatan/<int:pk>/berkas-perkara/", dossier.objection_dossier, name="objection-dossier"),
    path(
        "keberatan/<int:pk>/berkas-perkara/cetak/",
        dossier.objection_dossier_print,
        name="objection-dossier-print",
    ),
    path("keberatan/berkas/<int:pk>/", objecting.objection_file_open, name="objection-file"),
    path("keberatan/berkas/<int:pk>/hapus/", objecting.objection_file_remove, name="objection-file-remove"),
    path("keberatan/pembaca-kedua/<uuid:key>/", reading.blind_reading, name="blind-reading"),
    path("keberatan/pembaca-kedua/<uuid:key>/bukti/<int:number>/", reading.blind_file, name="blind-file"),
    path("keberatan/pembaca-kedua/<uuid:key>/mundur/", reading.blind_recuse, name="blind-recuse"),
]
