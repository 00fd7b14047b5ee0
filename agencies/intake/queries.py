"""Which imports a person finds, and what is written in them, page by page."""

from django.db.models import F, Func, JSONField, Q, Value
from django.db.models.fields.json import KeyTransform

from agencies.access.roles import Role
from agencies.access.scope import grants_on
from agencies.structure.models import Post
from ambon_kinerja.jobs.models import Job

from .models import ImportBatch

FAULTS = "faults"
MOST_FAULTS_KEPT = 5000


def visible_batches(user):
    """The personnel office of the city finds every import; one of an agency its own; nobody else finds any."""
    units = [grant.unit for grant in grants_on(user, None, Role.PERSONNEL_OFFICE)]
    if not units:
        return ImportBatch.objects.none()
    mine = Q() if any(unit.parent_id is None for unit in units) else Q(uploaded_by=user)
    return ImportBatch.objects.filter(mine).defer("rows", "faults", "changes", "undo")


def job_subject(batch):
    return f"import:{batch.pk}"


def running_job(batch):
    """The job that reads, applies or undoes `batch` right now, or None."""
    unfinished = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(subject=job_subject(batch), state__in=unfinished).first()


class Lines:
    """The faults or changes of one kind, cut out of the stored JSON by the database: a page costs a page."""

    def __init__(self, batch, kind):
        self.batch, self.kind = batch, kind

    def __len__(self):
        if self.batch.state == ImportBatch.State.DISCARDED:
            return 0
        count = self.batch.counts.get(self.kind, 0)
        return min(count, MOST_FAULTS_KEPT) if self.kind == FAULTS else count

    def __getitem__(self, part):
        if part.start >= part.stop:
            return []
        source = F(FAULTS) if self.kind == FAULTS else KeyTransform(self.kind, "changes")
        path = Value(f"$[{part.start} to {part.stop - 1}]")
        lines = Func(source, path, function="jsonb_path_query_array", output_field=JSONField())
        return ImportBatch.objects.filter(pk=self.batch.pk).values_list(lines, flat=True).get() or []


def last_effective_batch():
    """The import that wrote last, undone or not; None when none ever wrote anything."""
    states = (ImportBatch.State.APPLIED, ImportBatch.State.UNDONE)
    return (
        ImportBatch.objects.filter(state__in=states, counts__written__gt=0)
        .defer("rows", "faults", "changes", "undo")
        .order_by("-applied_at")
        .first()
    )


def importable_posts(paths):
    """Posts with their units below `paths` (None: all), in the order of the city's tree."""
    posts = Post.objects.select_related("unit")
    if paths is None:
        return posts
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(unit__path__startswith=path)
    return posts.filter(below)
