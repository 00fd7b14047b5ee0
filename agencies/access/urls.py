"""Addresses of this room."""

from django.urls import path

from .views import accounts, delegations, people, proposals, rights

urlpatterns = [
    path("akun/", people.account, name="account"),
    path("akses/", rights.grant_list, name="grant-list"),
    path("akses/usulkan/", rights.grant_propose, name="grant-propose"),
    path("akses/peran/<int:pk>/akhiri/", rights.grant_end, name="grant-end"),
    path("akses/peran/<int:pk>/limpahkan/", delegations.delegation_offer, name="delegation-offer"),
    path("akses/pelimpahan/<int:pk>/terima/", delegations.delegation_accept, name="delegation-accept"),
    path("akses/pelimpahan/<int:pk>/tolak/", delegations.delegation_decline, name="delegation-decline"),
    path("akses/pelimpahan/<int:pk>/ambil-kembali/", delegations.delegation_end, name="delegation-end"),
    path("akses/usulan/", proposals.proposal_list, name="proposal-list"),
    path("akses/usulan/<int:pk>/", proposals.proposal_detail, name="proposal-detail"),
    path("akses/usulan/<int:pk>/setujui/", proposals.proposal_approve, name="proposal-approve"),
    path("akses/usulan/<int:pk>/tolak/", proposals.proposal_refuse, name="proposal-refuse"),
    path("akses/usulan/<int:pk>/tarik/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("akses/akun/", accounts.account_list, name="account-list"),
    path("akses/akun/buka/<int:employee>/", accounts.account_open, name="account-open"),
    path("akses/akun/<int:pk>/", accounts.account_detail, name="account-detail"),
    path("akses/akun/<int:pk>/undang/", accounts.account_invite, name="account-invite"),
    path("akses/akun/<int:pk>/nonaktifkan/", accounts.account_deactivate, name="account-deactivate"),
    path("akses/akun/<int:pk>/aktifkan/", accounts.account_activate, name="account-activate"),
]
