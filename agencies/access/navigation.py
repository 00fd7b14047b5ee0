"""What the header offers this person, in his words."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from agencies.people.reporting_line import leads_somebody_on

from .roles import Role
from .scope import READS_ACCESS, employee_of, grants_on


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Group:
    """Places under one heading; without a heading they stand in the row themselves."""

    heading: str
    places: list

    @property
    def current(self):
        return any(place.current for place in self.places)


FEW = 8  # places that are seen at a glance: whoever has no more needs no headings

# heading: (label, url name, who: "everyone", "employee", "supervisor", a name of settings.NAVIGATION_TRAITS, or roles)
# By what a page is about and not by whose it is, so that everyone finds it, and tells others of it, in the same place.
PLACES = {
    "": (("Beranda", "appraisal:home", "everyone"),),
    "Kinerja": (
        ("Kinerja saya", "appraisal:skp-mine", "employee"),
        ("Kemajuan", "appraisal:progress-note", "employee"),
        ("Umpan balik", "appraisal:feedback-desk", "employee"),
        ("Umpan balik rekan", "feedback:colleague-desk", ("employee", Role.PERSONNEL_OFFICE)),
        ("Bimbingan dan konseling", "appraisal:guidance-list", ("employee", Role.PERSONNEL_OFFICE)),
    ),
    "Hasil penilaian": (
        ("Dokumen evaluasi", "appraisal:document-list", ("employee", Role.PERSONNEL_OFFICE, Role.INSPECTOR)),
        ("Keberatan", "appraisal:objection-list", ("employee", Role.PERSONNEL_OFFICE, Role.INSPECTOR)),
        ("Tindak lanjut", "appraisal:outcome-list", ("employee", Role.PERSONNEL_OFFICE)),
        ("Ralat", "appraisal:correction-list", (Role.PERSONNEL_OFFICE, Role.INSPECTOR)),
    ),
    "Tim dan unit": (
        ("Tim saya", "appraisal:team", "supervisor"),
        ("Pantauan tim", "appraisal:team-progress", "supervisor"),
        (
            "Perencanaan unit",
            "appraisal:agreement-list",
            ("supervisor", Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR),
        ),
        (
            "Kemajuan unit",
            "appraisal:unit-progress",
            ("supervisor", Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR),
        ),
        (
            "Capaian organisasi",
            "appraisal:organisation-list",
            ("supervisor", Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR),
        ),
        (
            "Kalibrasi",
            "appraisal:distribution-list",
            ("supervisor", Role.PERSONNEL_OFFICE, Role.INSPECTOR),
        ),
    ),
    "Suara warga": (
        (
            "Pengaduan warga",
            "feedback:complaint-list",
            ("supervisor", Role.COMPLAINT_MANAGER, Role.SERVICE_MANAGER, Role.INSPECTOR),
        ),
        ("Laporan perilaku", "feedback:conduct-case-list", (Role.INSPECTOR, Role.COMPLAINT_MANAGER)),
        ("Survei di loket", "feedback:assisted-list", (Role.SERVICE_MANAGER, "enumerator")),
        ("Kode survei loket", "feedback:duty-codes", "counter_officer"),
        ("Survei masuk", "feedback:survey-inbox", (Role.SERVICE_MANAGER,)),
        ("Hasil survei", "feedback:result-list", (Role.SERVICE_MANAGER,)),
        ("Tindak lanjut survei", "feedback:followup-list", (Role.SERVICE_MANAGER,)),
        ("Layanan", "feedback:service-desk", (Role.SERVICE_MANAGER,)),
    ),
    "Kepegawaian": (
        ("Pegawai", "agencies:employee-list", (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR)),
        ("Penilai", "agencies:orphan-report", (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN)),
        ("Organisasi", "agencies:unit-list", ("employee", *Role)),
        ("Impor pegawai", "agencies:import-list", (Role.PERSONNEL_OFFICE,)),
        ("Akses", "agencies:grant-list", READS_ACCESS),
    ),
    "Laporan dan aturan": (
        ("Laporan", "appraisal:report-list", (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR)),
        ("Periode", "appraisal:period-list", (Role.PERSONNEL_OFFICE,)),
        ("Aturan", "appraisal:rule-list", "everyone"),
        ("Pustaka contoh", "appraisal:library-list", (Role.PERSONNEL_OFFICE,)),
    ),
    "Tata usaha": (
        ("Data pribadi", "ambon_kinerja:personal-data", (Role.PERSONNEL_OFFICE, Role.SYSTEM_ADMIN)),
        ("Hari libur", "ambon_kinerja:holiday-list", (Role.PERSONNEL_OFFICE, Role.SYSTEM_ADMIN)),
        (
            "Pekerjaan",
            "ambon_kinerja:job-list",
            (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN),
        ),
    ),
}


def navigation(request):
    """Template context: the places this person can go, who he is, how many notices are unread."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"help_line": settings.HELP_LINE, "is_demo": settings.DEMO}
    unread, marks = counted(user)
    traits = traits_of(user) | marks
    return {
        "navigation": menu(traits, request.path),
        "role_words": role_words(traits),
        "unread_notices": unread,
        "help_line": settings.HELP_LINE,
        "is_demo": settings.DEMO,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
    }


def menu(traits, path):
    """[Group…]: a place that would be alone under its heading goes without one, and few go without any."""
    groups = [Group(heading, open_to(places, traits, path)) for heading, places in PLACES.items()]
    every = [place for group in groups for place in group.places]
    if len(every) <= FEW:
        return [Group("", every)]
    return [group if len(group.places) > 1 else Group("", group.places) for group in groups if group.places]


def open_to(places, traits, path):
    offered = [(label, reverse(name)) for label, name, who in places if wanted(who, traits)]
    return [
        Place(label, address, path == address or (address != "/" and path.startswith(address)))
        for label, address in offered
    ]


def traits_of(user):
    """What he is today: {"everyone", "employee", "supervisor", Role…}. Two queries."""
    asked = getattr(user, "grants_today", None)  # a page that has asked already says so
    traits = {"everyone"} | {Role(grant.role) for grant in (grants_on(user) if asked is None else asked)}
    person = employee_of(user)
    if person is not None:
        traits.add("employee")
        leads = getattr(user, "leads_today", None)
        if leads_somebody_on(person, timezone.localdate()) if leads is None else leads:
            traits.add("supervisor")
    return traits


def counted(user):
    """(unread notices, those of NAVIGATION_TRAITS that he has), in one query for every page."""
    person, today = employee_of(user), timezone.localdate()
    named = settings.NAVIGATION_TRAITS if person is not None else {}
    has = {trait: Exists(import_string(name)(person, today)) for trait, name in named.items()}
    unread = Count("notices", filter=Q(notices__read_at=None))
    found = get_user_model().objects.filter(pk=user.pk).values("pk").annotate(unread=unread, **has).get()
    return found["unread"], {trait for trait in has if found[trait]}


def wanted(who, traits):
    return who in traits if isinstance(who, str) and not isinstance(who, Role) else bool(traits & set(who))


def role_words(traits):
    words = [role.label for role in Role if role in traits]
    if "supervisor" in traits:
        words.append("Pejabat penilai")
    if not words and "employee" in traits:
        words.append("Pegawai")
    return ", ".join(words)


def role_words_of(user):
    """What `user` is today, in words: "BKPSDM, Pejabat penilai". A few queries."""
    return role_words(traits_of(user))
