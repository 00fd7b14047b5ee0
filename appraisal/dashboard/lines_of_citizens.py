"""The start page's lines about what citizens said: letters, conduct cases, surveys set aside, paper, plans.

Most are for who holds a role in these rooms. Whoever is an employee may be asked for his reply to a conduct case, or
key paper as an enumerator; nobody else reads of either.
"""

from django.urls import reverse

from agencies.access.roles import Role
from agencies.access.scope import employee_of
from ambon_kinerja.workdays.words import day_words
from appraisal.cycle.work import WorkItem
from feedback.channels.models import PaperBatch
from feedback.channels.queries import batches_in, batches_to_key_again
from feedback.citizens.queries import groups_to_decide
from feedback.complaints.queries import awaiting_officers
from feedback.complaints.restricted.queries import (
    awaiting_the_lane,
    letters_to_answer,
    of_the_lane,
    visible_cases,
)
from feedback.followup.queries import (
    drafts_of,
    items_to_report,
    last_finished_quarter,
    services_without_plan,
)
from feedback.services.periods import quarter_of
from feedback.services.queries import of_the_city

from . import queries
from .queries import first_of, first_of_field


def worklist_lines(user, today):
    """Named in settings.WORK_LISTS. One query counts everything; for the restricted lane one more finds its ties."""
    grants = queries.facts_of(user).grants
    questions = {
        **questions_of_letters(user, grants, today),
        **questions_of_the_lane(user, grants, today),
        **questions_of_the_named(user),
        **questions_of_keying(user, grants, today),
        **questions_of_surveys(user, grants),
        **questions_of_plans(grants, today),
    }
    found = queries.numbers(user, questions)
    return [
        *letter_items(found),
        *lane_items(found),
        *named_items(found),
        *survey_items(found),
        *plan_items(found, today),
    ]


def questions_of_letters(user, grants, today):
    manages = any(grant.role == Role.COMPLAINT_MANAGER for grant in grants)
    if not manages and not of_the_city(grants):
        return {}
    waiting = awaiting_officers(user, grants)
    return {
        "letters": waiting,
        "letters_late": waiting.filter(due_on__lt=today),
        "letters_due": first_of_field(waiting, "due_on"),
    }


def questions_of_the_lane(user, grants, today):
    """Nothing at all for whoever is not of the lane; what he is too close to is not even counted."""
    if not of_the_lane(grants):
        return {}
    cases, seals = awaiting_the_lane(user, visible_cases(user, today, grants))
    return {"cases": cases, "cases_due": first_of_field(cases, "due"), "seals": seals}


def questions_of_the_named(user):
    """For the officer himself, by his own mark; he knows of the case since he was asked, and nobody near him does."""
    person = employee_of(user)
    return {f"reply_{name}": asked for name, asked in letters_to_answer(person).items()} if person else {}


def questions_of_keying(user, grants, today):
    """For enumerators, and for the managers of the units; the office of the city keys for none."""
    if employee_of(user) is None and not managed_below_the_city(grants):
        return {}
    again = batches_to_key_again(user, managed_below_the_city(grants), today).order_by("opened_at", "pk")
    return {"again": again, "first_again": first_of(again)}


def managed_below_the_city(grants):
    return [
        grant.unit.path
        for grant in grants
        if grant.role == Role.SERVICE_MANAGER and grant.unit.parent_id is not None
    ]


def questions_of_surveys(user, grants):
    paths = [grant.unit.path for grant in grants if grant.role == Role.SERVICE_MANAGER]
    if not paths:
        return {}
    batches = batches_in(paths, user).filter(state=PaperBatch.State.COMPARING).order_by("opened_at", "pk")
    asked = {"batches": batches, "first_batch": first_of(batches)}
    if of_the_city(grants):
        groups = groups_to_decide()
        asked |= {
            "set_aside": groups,
            "first_group": first_of(groups),
            "group_service": first_of_field(groups, "service__slug"),
            "group_day": first_of_field(groups, "day"),
        }
    return asked


def questions_of_plans(grants, today):
    """For the units that write plans; the office of the city reminds them and writes none."""
    paths = managed_below_the_city(grants)
    if not paths:
        return {}
    drafts, promised = drafts_of(paths), items_to_report(paths, until=quarter_of(today).end)
    return {
        "without_plan": services_without_plan(paths, last_finished_quarter(today)),
        "drafts": drafts,
        "first_draft": first_of(drafts),
        "promised": promised,
        "first_promised": first_of_field(promised, "plan"),
        "promised_due": first_of_field(promised, "ends_on"),
    }


def letter_items(found):
    if found.get("letters"):
        late = found["letters_late"]
        status = f"{found['letters']} menunggu" + (f", {late} lewat tenggat" if late else "")
        yield WorkItem(
            "Periksa dan jawab pengaduan warga",
            f"{reverse('feedback:complaint-list')}?tenggat={'lewat' if late else 'unit'}",
            status,
            "" if late else f"Tenggat terdekat {day_words(found['letters_due'])}.",
            due=found["letters_due"],
        )


def lane_items(found):
    address = reverse("feedback:conduct-case-list")
    if found.get("cases"):
        yield WorkItem(
            "Lanjutkan laporan perilaku",
            address,
            f"{found['cases']} menunggu",
            f"Tenggat terdekat {day_words(found['cases_due'])}.",
            due=found["cases_due"],
        )
    if found.get("seals"):
        yield WorkItem("Buka segel sebagai orang kedua", address, f"{found['seals']} diminta")


def named_items(found):
    """In words that say nothing to who looks over his shoulder."""
    if found.get("reply_number"):
        yield WorkItem(
            "Jawab surat yang ditujukan kepada Anda",
            reverse("feedback:conduct-letter", args=[found["reply_first"]]),
            f"{found['reply_number']} surat",
            f"Batas jawaban {day_words(found['reply_due'])}.",
            due=found["reply_due"],
        )


def survey_items(found):
    if found.get("set_aside"):
        yield WorkItem(
            "Putuskan jawaban survei yang disisihkan",
            reverse("feedback:survey-set-aside", args=[found["group_service"], found["first_group"]]),
            f"{found['set_aside']} kelompok menunggu",
            f"Yang terlama dari {day_words(found['group_day'])}.",
        )
    if found.get("again"):
        address = reverse("feedback:paper-detail", args=[found["first_again"]])
        yield WorkItem(
            "Selesaikan pengisian kedua lembar survei kertas", address, f"{found['again']} kumpulan menunggu"
        )
    if found.get("batches"):
        address = reverse("feedback:paper-detail", args=[found["first_batch"]])
        yield WorkItem("Cocokkan lembar survei kertas", address, f"{found['batches']} kumpulan menunggu")


def plan_items(found, today):
    if found.get("without_plan"):
        quarter = last_finished_quarter(today)
        yield WorkItem(
            f"Susun tindak lanjut survei {quarter}",
            f"{reverse('feedback:followup-list')}?triwulan={quarter.code}",
            f"{found['without_plan']} layanan",
        )
    if found.get("drafts"):
        address = reverse("feedback:followup-detail", args=[found["first_draft"]])
        yield WorkItem("Lengkapi dan terbitkan tindak lanjut survei", address, f"{found['drafts']} draf")
    if found.get("promised"):
        yield WorkItem(
            "Catat pelaksanaan tindak lanjut survei",
            reverse("feedback:followup-detail", args=[found["first_promised"]]),
            f"{found['promised']} janji",
            f"Waktunya berakhir {day_words(found['promised_due'])}.",
            due=found["promised_due"],
        )
