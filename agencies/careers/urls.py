"""Addresses of this room."""

from django.urls import path

from .views import exceptions, facts, moving, orphans, people, posts, requests

urlpatterns = [
    path("pegawai/", people.employee_list, name="employee-list"),
    path("pegawai/cari/", people.employee_search, name="employee-search"),
    path("pegawai/tambah/", facts.employee_add, name="employee-add"),
    path("pegawai/<int:pk>/", people.employee_detail, name="employee-detail"),
    path("pegawai/<int:pk>/ubah/", facts.employee_change, name="employee-change"),
    path("pegawai/<int:pk>/jabatan/", posts.assignment_add, name="assignment-add"),
    path("pegawai/<int:pk>/keadaan/", posts.state_enter, name="state-enter"),
    path("pegawai/<int:pk>/pindah/", moving.employee_move, name="employee-move"),
    path("jabatan/<int:pk>/tunjuk/", posts.post_appoint, name="post-appoint"),
    path("penugasan/<int:pk>/akhiri/", posts.assignment_end, name="assignment-end"),
    path("penugasan/<int:pk>/perbaiki/", posts.assignment_correct, name="assignment-correct"),
    path("penugasan/<int:pk>/batalkan/", posts.assignment_withdraw, name="assignment-withdraw"),
    path("keadaan/<int:pk>/akhiri/", posts.state_end, name="state-end"),
    path("serah-terima/<int:pk>/", moving.handover_detail, name="handover-detail"),
    path("serah-terima/<int:pk>/tulis/", moving.handover_write, name="handover-write"),
    path("penilai/khusus/", exceptions.exception_list, name="exception-list"),
    path("penilai/khusus/tambah/", exceptions.exception_add, name="exception-add"),
    path("penilai/khusus/<int:pk>/akhiri/", exceptions.exception_end, name="exception-end"),
    path("penilai/laporan/", orphans.orphan_report, name="orphan-report"),
    path("penilai/laporan/unduh/", orphans.orphan_file, name="orphan-file"),
    path("penilai/laporan/jabatan-kosong/", orphans.vacancy_report, name="vacancy-report"),
    path("penilai/laporan/jabatan-kosong/unduh/", orphans.vacancy_file, name="vacancy-file"),
    path("penilai/permintaan/", requests.request_list, name="line-request-list"),
    path("penilai/permintaan/<int:pk>/", requests.request_detail, name="line-request-detail"),
    path("penilai/permintaan/<int:pk>/jawab/", requests.request_answer, name="line-request-answer"),
    path("akun/penilai/", requests.my_line, name="my-line"),
    path("akun/penilai/keliru/", requests.request_add, name="line-request-add"),
    path("akun/penilai/permintaan/<int:pk>/tarik/", requests.request_withdraw, name="line-request-withdraw"),
]
