"""Addresses of this room."""

from django.urls import path

from .views.programmes import programme_edit, programme_list
from .views.reading import agreement_detail, agreement_list, agreement_print, agreement_version
from .views.signing import (
    agreement_offer,
    agreement_record,
    agreement_reopen,
    agreement_send_back,
    agreement_sign,
    agreement_withdraw,
)
from .views.writing import (
    agreement_start,
    budget_add,
    budget_edit,
    budget_remove,
    goal_add,
    goal_edit,
    goal_remove,
)

urlpatterns = [
    path("program-prioritas/", programme_list, name="programme-list"),
    path("program-prioritas/<int:pk>/ubah/", programme_edit, name="programme-edit"),
    path("perencanaan-unit/", agreement_list, name="agreement-list"),
    path("perencanaan-unit/<int:unit>/mulai/", agreement_start, name="agreement-start"),
    path("perjanjian-kinerja/<int:pk>/", agreement_detail, name="agreement-detail"),
    path("perjanjian-kinerja/<int:pk>/cetak/", agreement_print, name="agreement-print"),
    path("perjanjian-kinerja/<int:pk>/versi/<int:number>/", agreement_version, name="agreement-version"),
    path("perjanjian-kinerja/<int:pk>/sasaran/tambah/", goal_add, name="goal-add"),
    path("perjanjian-kinerja/<int:pk>/sasaran/<int:goal>/", goal_edit, name="goal-edit"),
    path("perjanjian-kinerja/<int:pk>/sasaran/<int:goal>/hapus/", goal_remove, name="goal-remove"),
    path("perjanjian-kinerja/<int:pk>/anggaran/tambah/", budget_add, name="budget-add"),
    path("perjanjian-kinerja/<int:pk>/anggaran/<int:line>/", budget_edit, name="budget-edit"),
    path("perjanjian-kinerja/<int:pk>/anggaran/<int:line>/hapus/", budget_remove, name="budget-remove"),
    path("perjanjian-kinerja/<int:pk>/ajukan/", agreement_offer, name="agreement-offer"),
    path("perjanjian-kinerja/<int:pk>/tarik/", agreement_withdraw, name="agreement-withdraw"),
    path("perjanjian-kinerja/<int:pk>/tetapkan/", agreement_sign, name="agreement-sign"),
    path("perjanjian-kinerja/<int:pk>/kembalikan/", agreement_send_back, name="agreement-send-back"),
    path("perjanjian-kinerja/<int:pk>/catat/", agreement_record, name="agreement-record"),
    path("perjanjian-kinerja/<int:pk>/versi-baru/", agreement_reopen, name="agreement-reopen"),
]
