"""Addresses of the citizens' survey: public ones, those of who manages services, and the questionnaires."""

from django.urls import path

from .views import inbox, questionnaires, rights, survey

urlpatterns = [
    path("survei/<slug:slug>/", survey.survey, name="survey"),
    path("survei/<slug:slug>/privasi/", rights.privacy, name="survey-privacy"),
    path("survei/<slug:slug>/hapus/", rights.erase, name="survey-erase"),
    path("survei/<slug:slug>/terima-kasih/<slug:reference>/", survey.thanks, name="survey-thanks"),
    path("survei-masuk/", inbox.inbox, name="survey-inbox"),
    path("survei-masuk/<slug:slug>/", inbox.service_inbox, name="survey-inbox-service"),
    path("survei-masuk/<slug:slug>/saran/", inbox.comments, name="survey-comments"),
    path("survei-masuk/<slug:slug>/sisihan/<int:pk>/", inbox.set_aside, name="survey-set-aside"),
    path("survei-masuk/<slug:slug>/kontak/", inbox.contacts, name="survey-contacts"),
    path("survei-masuk/<slug:slug>/kontak/<int:pk>/selesai/", inbox.contact_done, name="survey-contact-done"),
    path("kuesioner/", questionnaires.listing, name="questionnaire-list"),
    path("kuesioner/baru/", questionnaires.propose, name="questionnaire-propose"),
    path("kuesioner/layanan/", questionnaires.kinds, name="questionnaire-kinds"),
    path("kuesioner/layanan/<slug:slug>/", questionnaires.choose, name="questionnaire-choose"),
    path("kuesioner/<int:pk>/", questionnaires.detail, name="questionnaire-detail"),
    path("kuesioner/<int:pk>/ubah/", questionnaires.revise, name="questionnaire-revise"),
    path("kuesioner/<int:pk>/tarik/", questionnaires.withdraw, name="questionnaire-withdraw"),
]
