"""Random small organisations whose services were answered by few or many, and what would be published of them."""

from dataclasses import dataclass, field
from random import Random

from feedback.results.disclosure import LEAST_PEOPLE
from feedback.results.figures import Layers, Leaf, Voices, figures, since, total_mass
from feedback.results.index import ELEMENTS, Spread
from feedback.results.local_elements import LocalElement
from feedback.results.report import profile_rows

KEYS = tuple(ELEMENTS)
PARTS = ("early", "middle", "late")  # of the quarter: somebody may look between them
ASKED = {
    "keadilan": LocalElement("keadilan", "Keadilan", "biaya"),
    "laman": LocalElement("laman", "Kemudahan laman", "kompetensi"),
    "parkir": LocalElement("parkir", "Parkir"),
}
SEXES = [("P", "Perempuan"), ("L", "Laki-laki")]


@dataclass
class Organisation:
    """`answers`: {(service, "controlled" or "open", part, counter): [nine values of one person, …]}.

    `sexes` has in the same order what each said of himself; at the counters of `staffed` services are officers.
    `local`: {(key of a local element, group): [one value of each person]}; of one that replaces an official element the
    same values stand in its place among the nine.
    """

    root: str
    children: dict
    services: list
    answers: dict = field(default_factory=dict)
    sexes: dict = field(default_factory=dict)
    staffed: frozenset = frozenset()
    local: dict = field(default_factory=dict)

    @property
    def people(self):
        return {group: len(rows) for group, rows in self.answers.items()}

    def counted(self, groups):
        return sum(self.people[group] for group in groups)

    def voices(self, groups):
        rows = [row for group in groups for row in self.answers.get(group, [])]
        counts = {key: dict.fromkeys((1, 2, 3, 4), 0) for key in KEYS}
        for row in rows:
            for key, value in zip(KEYS, row, strict=True):
                counts[key][value] += 1
        return Voices(counts, self.spread(groups), self.local_counts(groups))

    def local_counts(self, groups):
        counts = {}
        for (key, group), values in self.local.items():
            if group in groups:
                own = counts.setdefault(key, dict.fromkeys((1, 2, 3, 4), 0))
                for value in values:
                    own[value] += 1
        return counts

    def asked_of(self, key, groups):
        """Those of the groups that were asked a local element."""
        return frozenset(group for group in groups if (key, group) in self.local)

    def spread(self, groups):
        totals = [sum(row) for group in groups for row in self.answers.get(group, [])]
        return [Spread(9, len(totals), sum(totals), sum(each * each for each in totals))]

    def groups(self, services, *ways, parts=PARTS):
        services, ways = {*services}, ways or ("controlled", "open")
        return frozenset(
            group
            for group, rows in self.answers.items()
            if rows and group[0] in services and group[1] in ways and group[2] in parts
        )

    def looks(self, service):
        """The groups counted at each look while the quarter ran, by the rules of refresh_running."""
        if service in self.staffed:
            return []
        seen, found, everybody = frozenset(), [], self.groups([service])
        for place in (1, 2):
            until = self.groups([service], parts=PARTS[:place])
            enough = min(self.counted(until - seen), self.counted(everybody - until)) >= LEAST_PEOPLE
            now = total_mass(self.voices(until))
            step = since(now, total_mass(self.voices(seen))) if seen else now
            if enough and now.is_safe(LEAST_PEOPLE) and step.is_safe(LEAST_PEOPLE):
                found.append(until)
                seen = until
        return found

    def leaf(self, service):
        looks, everybody = self.looks(service), self.groups([service])
        late = everybody - looks[-1] if looks else everybody
        return Leaf(
            self.voices(self.groups([service], "controlled")),
            self.voices(self.groups([service], "open")),
            since=total_mass(self.voices(late)) if looks else None,
        )

    def leaves(self):
        return {service: self.leaf(service) for service in self.services}

    def layers(self):
        return Layers(self.root, self.children, self.leaves(), ASKED)

    def shown(self):
        return figures(self.root, self.children, self.leaves(), ASKED)

    def counters(self, service):
        """{counter: groups} of the controlled answers; None where nobody is on duty."""
        found = {}
        for group in self.groups([service], "controlled"):
            found.setdefault(group[3], set()).add(group)
        return found

    def own_services(self, unit):
        return [service for service in self.services if service in self.children[unit]]

    def profile(self, services):
        counts = {}
        for group in self.groups(services):
            for sex in self.sexes[group]:
                counts[sex] = counts.get(sex, 0) + 1
        return profile_rows(counts, SEXES)


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
    staffed = frozenset(service for service in services if random.random() < 0.3)
    drawn = Organisation("city", children, services, staffed=staffed)
    for service in services:
        answer(drawn, service, random)
    return drawn


def answer(drawn, service, random):
    size = random.choice((0, 1, 1, 2, 3, 4, 6, 9, 10, 11, 14, 20, 31, 33, 40, 60))
    mood, is_free = random.choice((0.3, 0.6, 0.9, 0.99)), random.random() < 0.3
    mostly, same = random.choice((0.0, 0.5, 0.95, 1.0)), random.random() < 0.1
    women, counters = random.choice((0.5, 0.9, 1.0)), random.choice(((None,), ("a",), ("a", "b", None)))
    for _ in range(size):
        row = [4 if random.random() < mood else random.randint(1, 4) for _ in KEYS]
        if is_free:
            row[KEYS.index("biaya")] = 4
        if same:
            row = [3] * 9
        way = "controlled" if random.random() < mostly else "open"
        part = random.choices(PARTS, (4, 3, 3))[0]
        counter = random.choice(counters) if service in drawn.staffed else None
        group = (service, way, part, counter)
        drawn.answers.setdefault(group, []).append(tuple(row))
        drawn.sexes.setdefault(group, []).append("P" if random.random() < women else random.choice(("L", "")))


def ask_local(drawn, seed):
    """Some services ask local elements, the whole quarter or from a part of it on."""
    random = Random(-seed - 1)
    for service in drawn.services:
        for key, element in ASKED.items():
            if random.random() < 0.7:
                begun = random.choice((0, 0, 0, 1, 2))
                mood = random.choice((0.2, 0.9, 1.0))
                for group in sorted(drawn.groups([service], parts=PARTS[begun:]), key=str):
                    rows = drawn.answers[group]
                    said = [4 if random.random() < mood else random.randint(1, 4) for _ in rows]
                    drawn.local[key, group] = said
                    if element.replaces:
                        put_in_place(rows, KEYS.index(element.replaces), said)
    return drawn


def put_in_place(rows, place, said):
    rows[:] = [(*row[:place], value, *row[place + 1 :]) for row, value in zip(rows, said, strict=True)]
