"""What citizens answered, counted: the live counts, out of which the lock makes what is published.

For this room alone: whoever shows a figure asks `published` (ADR 0024).
"""

from django.db.models import Count, Q

from agencies.structure.models import Unit
from feedback.citizens.elements import Element
from feedback.citizens.models import Question, SurveyResponse
from feedback.services.models import Service, ServiceVolume
from feedback.services.periods import Quarter

from .figures import Leaf, Voices
from .local_elements import LocalElement
from .models import ChangeAfterLock
from .rollup import read_elements, read_respondents


def nothing_answered():
    """{element: {1: 0, 2: 0, 3: 0, 4: 0}} for every element."""
    return {element: dict.fromkeys((1, 2, 3, 4), 0) for element in Element.values}


def services_below(unit):
    return Service.objects.filter(unit__path__startswith=unit.path)


def all_keys():
    return list(Service.objects.order_by().values_list("pk", flat=True))


def local_elements():
    """{key: LocalElement} of every element that is asked beside or in place of the nine; a key has one meaning."""
    questions = Question.objects.exclude(element__in=Element.values).order_by("element")
    rows = questions.values_list("element", "local_label", "replaces").distinct()
    return {key: LocalElement(key, label, replaces) for key, label, replaces in rows}


def folded(by_element, asked):
    """The nine: a local element stands in the place it was asked for, further local elements are left out."""
    counts = nothing_answered()
    for element, values in by_element.items():
        place = counts.get(asked[element].replaces if element in asked else element)
        if place is not None:
            for value, count in values.items():
                place[value] += count
    return counts


def beside(by_element, asked):
    """The local elements by themselves, also those that stand in the place of another."""
    return {element: values for element, values in by_element.items() if element in asked}


def summed(parts):
    counts = nothing_answered()
    for part in parts:
        for element, values in part.items():
            for value, count in values.items():
                counts[element][value] += count
    return counts


def asked_if_needed(read):
    """The local elements, looked up only when some answer is to an element that is not official."""
    official = set(Element.values)
    is_local = any(
        element not in official for parts in read.values() for part in parts.values() for element in part
    )
    return local_elements() if is_local else {}


def leaves_of(quarter, *, was_hidden=frozenset()):
    """({service key: Leaf} of every service that was answered in a quarter, its local elements); four queries at most.

    The local elements are {key: LocalElement}.
    """
    keys = all_keys()
    elements = read_elements(keys, quarter.start, quarter.end)
    spread = read_respondents(keys, quarter.start, quarter.end)
    asked = asked_if_needed(elements)

    def voices(key, *, controlled):
        own = elements[key][controlled]
        return Voices(folded(own, asked), spread[key][controlled], beside(own, asked))

    leaves = {
        key: Leaf(
            controlled=voices(key, controlled=True),
            open=voices(key, controlled=False),
            was_hidden=key in was_hidden,
        )
        for key in elements
    }
    return leaves, asked


def tree():
    """(root, {unit node: its nodes}) over all units and services; nodes are ("unit", key) and ("service", key)."""
    children, root = {}, None
    for key, parent in Unit.objects.order_by("path").values_list("pk", "parent"):
        children[("unit", key)] = []
        if parent is None:
            root = root or ("unit", key)
        else:
            children[("unit", parent)].append(("unit", key))
    for key, unit in Service.objects.order_by("pk").values_list("pk", "unit"):
        children[("unit", unit)].append(("service", key))
    return root, children


def users_of(services, quarters):
    """{service key: users} summed over the quarters; only services whose volume is known for each of them."""
    wanted = Q(pk__in=[])
    for quarter in quarters:
        wanted |= Q(year=quarter.year, quarter=quarter.number)
    users, known = {}, {}
    rows = ServiceVolume.objects.filter(wanted, service__in=services).values_list("service", "users")
    for service, count in rows:
        users[service] = users.get(service, 0) + count
        known[service] = known.get(service, 0) + 1
    return {service: count for service, count in users.items() if known[service] == len(quarters)}


def responses_within(*, unit=None, service=None, start, end):
    """The responses that count from `start` to `end`, as a lock has frozen them; for what the tallies do not hold."""
    late = ChangeAfterLock.objects.filter(day__gt=end).values("response")
    withdrawn = ChangeAfterLock.objects.filter(withdrawn=True).values("response")
    counting = Q(state=SurveyResponse.State.COUNTED) | Q(pk__in=withdrawn)
    responses = SurveyResponse.objects.filter(counting, answered_on__range=(start, end)).exclude(pk__in=late)
    if service is not None:
        responses = responses.filter(service=service)
    if unit is not None:
        responses = responses.filter(service__unit__path__startswith=unit.path)
    return responses


def profile_counts(field, **where):
    """{code: n} of one part of the profile."""
    counts = responses_within(**where).values_list(field).annotate(Count("pk")).order_by()
    return dict(counts)


def profiles_by_unit(field, **where):
    """[{code: n}] of one part of the profile, for the services of each unit by itself; one query."""
    rows = responses_within(**where).values_list("service__unit", field).annotate(n=Count("pk"))
    units = {}
    for unit, code, count in rows.order_by("service__unit"):
        units.setdefault(unit, {})[code] = count
    return list(units.values())


def voices_through(days, quarter):
    """{service key: Voices} of a quarter up to each service's own day; three queries for each different day."""
    voices = {}
    for day in sorted(set(days.values())):
        keys = [key for key, last in days.items() if last == day]
        elements, spread = read_elements(keys, quarter.start, day), read_respondents(keys, quarter.start, day)
        asked = asked_if_needed(elements)
        for key in keys:
            counts = summed(folded(part, asked) for part in elements[key].values())
            voices[key] = Voices(counts, [each for part in spread[key].values() for each in part])
    return voices


def changes_after(lock):
    """(answers that came after the lock of their quarter, answers withdrawn after it); neither moves the result."""
    quarter = Quarter(lock.year, lock.quarter)
    changes = ChangeAfterLock.objects.filter(response__answered_on__range=(quarter.start, quarter.end))
    return changes.filter(day__gt=quarter.end).count(), changes.filter(withdrawn=True).count()
