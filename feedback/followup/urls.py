"""Addresses of this room: the officers' and everybody's."""

from django.urls import path

from .views import plans, problems, public

BASE = "tindak-lanjut-survei/"
urlpatterns = [
    path(BASE, plans.followup_list, name="followup-list"),
    path(f"{BASE}mulai/", plans.followup_start, name="followup-start"),
    path(f"{BASE}ingatkan/", plans.followup_remind, name="followup-remind"),
    path(f"{BASE}rencana/<int:pk>/", plans.followup_detail, name="followup-detail"),
    path(f"{BASE}rencana/<int:pk>/terbitkan/", plans.followup_publish, name="followup-publish"),
    path(f"{BASE}unsur/<int:pk>/", plans.followup_item, name="followup-item"),
    path(f"{BASE}unsur/<int:pk>/pelaksanaan/", plans.followup_realise, name="followup-realise"),
    path(f"{BASE}unsur/<int:pk>/bukti/", plans.followup_proof, name="followup-proof"),
    path(f"{BASE}masalah/", problems.problem_list, name="problem-list"),
    path(f"{BASE}masalah/catat/", problems.problem_record, name="problem-record"),
    path(f"{BASE}masalah/<int:pk>/", problems.problem_detail, name="problem-detail"),
    path(f"{BASE}masalah/<int:pk>/ubah/", problems.problem_edit, name="problem-edit"),
    path(f"{BASE}masalah/<int:pk>/penyebab/", problems.problem_analyse, name="problem-analyse"),
    path(f"{BASE}masalah/<int:pk>/solusi/", problems.problem_try, name="problem-try"),
    path(f"{BASE}masalah/<int:pk>/hasil/", problems.problem_conclude, name="problem-conclude"),
    path(f"{BASE}masalah/<int:pk>/tutup/", problems.problem_close, name="problem-close"),
    path("anda-berkata/", public.said_and_done, name="said-and-done"),
    path("anda-berkata/masalah/", public.public_problems, name="public-problems"),
    path("anda-berkata/masalah/<int:pk>/", public.public_problem, name="public-problem"),
    path("anda-berkata/bukti/<int:pk>/", public.public_proof, name="public-proof"),
    path("anda-berkata/<slug:slug>/", public.said_and_done, name="said-and-done-service"),
]
