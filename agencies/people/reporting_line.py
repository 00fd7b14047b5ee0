"""Who appraised whom on a day: derived from posts and who held them, never typed in twice."""

from django.db.models import OuterRef, Q

from agencies.structure.models import Post

from .models import Assignment, Employee

# Who acts for a post comes before who holds it: a Plt./Plh. is appointed because the holder is absent.
ACTING_FIRST = {Assignment.Kind.PLT: 0, Assignment.Kind.PLH: 1, Assignment.Kind.DEFINITIVE: 2}
ACTING = (Assignment.Kind.PLT, Assignment.Kind.PLH)


def definitive_assignment_on(employee, day):
    """The post `employee` holds definitively on `day`, with its unit, or None."""
    return (
        Assignment.objects.on(day)
        .filter(employee=employee, kind=Assignment.Kind.DEFINITIVE)
        .select_related("post__unit", "post__superior")
        .first()
    )


def holder_on(post, day):
    """The employee who answers for `post` on `day` (acting before definitive), or None when it is vacant."""
    held = Assignment.objects.on(day).filter(post=post, kind__in=ACTING_FIRST).select_related("employee__user")
    ordered = sorted(held, key=lambda assignment: (ACTING_FIRST[assignment.kind], assignment.pk))
    return ordered[0].employee if ordered else None


def appraiser_on(employee, day):
    """The Pejabat Penilai Kinerja of `employee` on `day`: an Employee, or None (PermenPANRB 6/2022 art. 1 no. 9).

    The holder of the superior post; while it is vacant, or held by the employee himself as acting official,
    the line goes up step by step (page 89).
    """
    assignment = definitive_assignment_on(employee, day)
    if assignment is None:
        return None
    post, seen = assignment.post.superior, set()
    while post is not None and post.pk not in seen:
        seen.add(post.pk)
        holder = holder_on(post, day)
        if holder is not None and holder != employee:
            return holder
        post = post.superior
    return None


def superior_of_appraiser_on(employee, day):
    """The appraiser's own appraiser (atasan Pejabat Penilai Kinerja) on `day`, or None."""
    appraiser = appraiser_on(employee, day)
    return appraiser_on(appraiser, day) if appraiser else None


def is_appraiser_on(person, employee, day):
    return person is not None and appraiser_on(employee, day) == person


def leads_somebody_on(person, day):
    """Does `person` hold or act for a post that others report to?"""
    held = Assignment.objects.on(day).filter(employee=person, kind__in=ACTING_FIRST)
    return held.filter(post__subordinates__isnull=False).exists()


def posts_answered_by(person, day):
    """The posts for which `person` is the holder on `day`, as primary keys."""
    mine = Assignment.objects.on(day).filter(employee=person, kind__in=ACTING_FIRST).values("post")
    best = {}
    for held in Assignment.objects.on(day).filter(post__in=mine, kind__in=ACTING_FIRST):
        rank = (ACTING_FIRST[held.kind], held.pk)
        best[held.post_id] = min(best.get(held.post_id, (rank, held.employee_id)), (rank, held.employee_id))
    return [post for post, (_, employee) in best.items() if employee == person.pk]


def subordinates_on(person, day):
    """The employees whose appraiser `person` is on `day`: the exact inverse of `appraiser_on`, by name."""
    line = with_vacant_posts_below(posts_answered_by(person, day), day)
    present = Assignment.objects.on(day)
    direct = present.filter(kind=Assignment.Kind.DEFINITIVE, post__superior__in=line).values("employee")
    acting_for_own_superior = present.filter(
        kind=Assignment.Kind.DEFINITIVE,
        post__superior__superior__in=line,
        post__superior__in=present.filter(employee=OuterRef("employee"), kind__in=ACTING).values("post"),
    ).values("employee")
    return Employee.objects.filter(Q(pk__in=direct) | Q(pk__in=acting_for_own_superior)).exclude(pk=person.pk)


def with_vacant_posts_below(posts, day):
    """`posts` and, level by level, the vacant posts directly under them: their people report further up."""
    line, frontier = list(posts), list(posts)
    held = Assignment.objects.on(day).filter(kind__in=ACTING_FIRST)
    while frontier:
        frontier = list(
            Post.objects.filter(superior__in=frontier)
            .exclude(pk__in=line)
            .exclude(pk__in=held.values("post"))
            .filter(subordinates__isnull=False)
            .distinct()
            .values_list("pk", flat=True)
        )
        line += frontier
    return line
