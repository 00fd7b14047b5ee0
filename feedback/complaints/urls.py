"""Addresses of this room: for citizens, and for the officers who answer them."""

from django.urls import path

from .views import figures, handling, intake, listing, terms, tracking

urlpatterns = [
    path("pengaduan/", intake.complain, name="complaint-new"),
    path("pengaduan/lacak/", tracking.track, name="complaint-track"),
    path("pengaduan/angka/", figures.figures, name="complaint-figures"),
    path("pengaduan/angka/<slug:quarter>/", figures.figures, name="complaint-figures-quarter"),
    path("kelola-pengaduan/", listing.complaint_list, name="complaint-list"),
    path("kelola-pengaduan/tenggat/", terms.term_list, name="complaint-terms"),
    path("kelola-pengaduan/<int:pk>/", handling.complaint_detail, name="complaint-detail"),
    path("kelola-pengaduan/<int:pk>/kontak/", handling.complaint_contact, name="complaint-contact"),
    path("kelola-pengaduan/<int:pk>/berkas/<int:file>/", handling.complaint_file, name="complaint-file"),
    path("kelola-pengaduan/<int:pk>/<slug:step>/", handling.complaint_step, name="complaint-step"),
]
