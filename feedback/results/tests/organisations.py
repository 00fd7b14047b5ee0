"""Random small organisations whose services were answered by few or many, and what would be published of them."""

from dataclasses import dataclass, field
from random import Random

from feedback.results.disclosure import Disclosure
from feedback.results.figures import Layers, Leaf, Voices, figures, total_mass
from feedback.results.index import ELEMENTS, Spread, satisfaction_index

from .attacker import fact

KEYS = tuple(ELEMENTS)


@dataclass
class Organisation:
    """`answers`: {(service, "controlled" or "open", "early" or "late"): [nine values of one person, …]}."""

    root: str
    children: dict
    services: list
    answers: dict = field(default_factory=dict)

    @property
    def people(self):
        return {group: len(rows) for group, rows in self.answers.items()}

    def voices(self, groups):
        rows = [row for group in groups for row in self.answers.get(group, [])]
        counts = {key: dict.fromkeys((1, 2, 3, 4), 0) for key in KEYS}
        for row in rows:
            for key, value in zip(KEYS, row, strict=True):
                counts[key][value] += 1
        totals = [sum(row) for row in rows]
        return Voices(counts, [Spread(9, len(rows), sum(totals), sum(each * each for each in totals))])

    def groups(self, services, *ways):
        return frozenset(
            (service, way, part)
            for service in services
            for way in ways or ("controlled", "open")
            for part in ("early", "late")
            if self.answers.get((service, way, part))
        )

    def part(self, service, part):
        return frozenset(group for group in self.groups([service]) if group[2] == part)

    def was_shown(self, service):
        """While the quarter ran: ten answered early and ten late, and the early ones did not all say the same."""
        early, late = self.part(service, "early"), self.part(service, "late")
        enough = min(sum(self.people[group] for group in part) for part in (early, late)) >= 10
        return enough and total_mass(self.voices(early)).is_safe(10)

    def leaves(self):
        return {
            service: Leaf(
                self.voices(self.groups([service], "controlled")),
                self.voices(self.groups([service], "open")),
                must_hide=self.was_shown(service)
                and not total_mass(self.voices(self.part(service, "late"))).is_safe(10),
            )
            for service in self.services
        }


def draw(seed):
    random = Random(seed)
    children, services, units = {"city": []}, [], ["city"]
    for number in range(random.randint(1, 4)):
        agency = f"agency{number}"
        children["city"].append(agency)
        children[agency] = []
        units.append(agency)
        for below in range(random.randint(0, 3)):
            unit = f"{agency}.{below}"
            children[agency].append(unit)
            children[unit] = []
            units.append(unit)
    for unit in units[1:]:
        for number in range(random.choice((0, 1, 1, 2, 3, 4))):
            services.append(f"{unit}:{number}")
            children[unit].append(services[-1])
    drawn = Organisation("city", children, services)
    for service in services:
        size = random.choice((0, 1, 1, 2, 3, 4, 6, 9, 10, 11, 14, 20, 31, 33, 40, 60))
        mood, is_free = random.choice((0.3, 0.6, 0.9, 0.99)), random.random() < 0.3
        mostly = random.choice((0.0, 0.5, 0.95, 1.0))
        for _ in range(size):
            row = [4 if random.random() < mood else random.randint(1, 4) for _ in KEYS]
            if is_free:
                row[KEYS.index("biaya")] = 4
            way = "controlled" if random.random() < mostly else "open"
            part = "early" if random.random() < 0.6 else "late"
            drawn.answers.setdefault((service, way, part), []).append(tuple(row))
    return drawn


def published_facts(city):
    """[facts on the sum of all nine], {element: facts}: all that pages, files and earlier looks say."""
    leaves = city.leaves()
    layers, shown = Layers(city.root, city.children, leaves), figures(city.root, city.children, leaves)
    totals, elements = [], {key: [] for key in KEYS}
    for node, figure in shown.items():
        if figure.get("at_least"):
            groups = city.groups(layers.below[node], "controlled")
            totals.append(fact(groups, figure["index"], counted(city, groups), 9, top="100"))
        elif figure["level"] == Disclosure.GRADE:
            groups = city.groups(layers.controlled[node].leaves, "controlled")
            assert counted(city, groups) == figure["respondents"]
            totals.append(fact(groups, figure["index"], figure["respondents"], 9))
            for line in figure["elements"] or []:
                groups = city.groups(layers.elements[node].leaves, "controlled")
                elements[line["key"]].append(fact(groups, line["index"], line["count"], 1))
            if figure["open"]:
                groups = city.groups(layers.open[node].leaves, "open")
                totals.append(fact(groups, figure["open"]["index"], counted(city, groups), 9, places=0))
        elif figure["level"] == Disclosure.ESTIMATE:
            groups = city.groups(layers.all[node].leaves) if node in layers.all else frozenset()
            if node in layers.controlled:
                groups = city.groups(layers.controlled[node].leaves, "controlled")
            totals.append(fact(groups, figure["index"], counted(city, groups), 9, places=0))
    return [*totals, *running_facts(city)], elements


def running_facts(city):
    """The last look at each service while its quarter ran: the early answers, if ten came later (day_to_show)."""
    for service in city.services:
        early = city.part(service, "early")
        if city.was_shown(service):
            index = satisfaction_index(city.voices(early).counts).index
            yield_index = str(index.quantize(type(index)(1)))
            yield fact(early, yield_index, counted(city, early), 9, places=0)


def unguarded_facts(city):
    """The same with suppression switched off: every service and unit, exact, as soon as one answered."""
    totals, elements = [], {key: [] for key in KEYS}
    below = Layers(city.root, city.children, city.leaves()).below
    for node in (*city.children, *city.services):
        groups = city.groups(below[node])
        if number := counted(city, groups):
            result = satisfaction_index(city.voices(groups).counts)
            totals.append(fact(groups, result.index, number, 9))
            for key, line in result.by_element.items():
                elements[key].append(fact(groups, line.index, number, 1))
    return totals, elements


def counted(city, groups):
    return sum(city.people[group] for group in groups)
