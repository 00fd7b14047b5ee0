"""Addresses of this room."""

from django.urls import path

from . import change_views, reorganising_views, views

urlpatterns = [
    path("organisasi/", views.unit_list, name="unit-list"),
    path("organisasi/isi-awal/", views.organisation_seed, name="organisation-seed"),
    path("organisasi/unit/<int:pk>/", views.unit_detail, name="unit-detail"),
    path("organisasi/unit/<int:pk>/pastikan/", views.unit_confirm, name="unit-confirm"),
    path("organisasi/unit/<int:pk>/tambah-unit/", change_views.unit_add, name="unit-add"),
    path("organisasi/unit/<int:pk>/tambah-jabatan/", change_views.post_add, name="post-add"),
    path("organisasi/unit/<int:pk>/ubah-nama/", change_views.unit_rename, name="unit-rename"),
    path("organisasi/unit/<int:pk>/pindah/", change_views.unit_move, name="unit-move"),
    path("organisasi/unit/<int:pk>/akhiri/", change_views.unit_end, name="unit-end"),
    path("organisasi/unit/<int:pk>/pecah/", reorganising_views.unit_split, name="unit-split"),
    path("organisasi/jabatan/<int:pk>/", views.post_detail, name="post-detail"),
    path("organisasi/jabatan/<int:pk>/ubah/", change_views.post_change, name="post-change"),
    path("organisasi/jabatan/<int:pk>/akhiri/", change_views.post_end, name="post-end"),
    path("organisasi/penataan/", change_views.reorganisation_list, name="reorganisation-list"),
    path("organisasi/penataan/gabung/", reorganising_views.unit_merge, name="unit-merge"),
    path("organisasi/acuan/", views.reference_list, name="reference-list"),
    path("organisasi/acuan/golongan/<int:pk>/", views.rank_edit, name="rank-edit"),
    path("organisasi/acuan/jenjang/<int:pk>/", views.level_edit, name="level-edit"),
]
