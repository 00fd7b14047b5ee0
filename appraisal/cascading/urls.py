"""Addresses of this room."""

from django.urls import path

from .views.initiatives import (
    initiative_add,
    initiative_edit,
    initiative_list,
    initiative_print,
    initiative_remove,
    my_strategy,
)
from .views.matrix import matrix, matrix_person_remove, matrix_print, matrix_row
from .views.people import matrix_consent, matrix_person_add
from .views.roles import my_roles, role_take
from .views.tree import performance_tree, tree_of_unit

MATRIX, TEAM = "skp/<int:pk>/matriks/", "skp/<int:pk>/matriks/tim/<int:lead>/"

urlpatterns = [
    path("strategi-saya/", my_strategy, name="my-strategy"),
    path("skp/<int:pk>/strategi/", initiative_list, name="initiative-list"),
    path("skp/<int:pk>/strategi/tambah/", initiative_add, name="initiative-add"),
    path("skp/<int:pk>/strategi/cetak/", initiative_print, name="initiative-print"),
    path("skp/<int:pk>/strategi/<int:initiative>/", initiative_edit, name="initiative-edit"),
    path("skp/<int:pk>/strategi/<int:initiative>/hapus/", initiative_remove, name="initiative-remove"),
    path(MATRIX, matrix, name="matrix"),
    path(f"{MATRIX}cetak/", matrix_print, name="matrix-print"),
    path(f"{MATRIX}orang/tambah/", matrix_person_add, name="matrix-person-add"),
    path(f"{MATRIX}orang/<int:employee>/", matrix_row, name="matrix-row"),
    path(f"{MATRIX}baris/<int:row>/keluarkan/", matrix_person_remove, name="matrix-person-remove"),
    path(TEAM, matrix, name="matrix-team"),
    path(f"{TEAM}cetak/", matrix_print, name="matrix-team-print"),
    path(f"{TEAM}orang/tambah/", matrix_person_add, name="matrix-team-person-add"),
    path(f"{TEAM}orang/<int:employee>/", matrix_row, name="matrix-team-row"),
    path(f"{TEAM}baris/<int:row>/keluarkan/", matrix_person_remove, name="matrix-team-person-remove"),
    path("peran/<int:row>/persetujuan/", matrix_consent, name="matrix-consent"),
    path("peran-saya/", my_roles, name="my-roles"),
    path("peran-saya/<int:pk>/ambil/", role_take, name="role-take"),
    path("pohon-kinerja/", performance_tree, name="performance-tree"),
    path("pohon-kinerja/<int:unit>/", tree_of_unit, name="tree-of-unit"),
]
