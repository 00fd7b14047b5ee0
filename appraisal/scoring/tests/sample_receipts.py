"""Evaluations whose parts agree, one by hand and any number by chance."""

from datetime import date
from decimal import Decimal

from appraisal.scoring.achievement import achievement
from appraisal.scoring.matrix import Rating, predikat_for
from appraisal.scoring.suggestion import suggested_rating

RULEBOOK = {
    "achievement": {"article": "PermenPANRB 8/2021 halaman 99–110", "version": "2021-07-01"},
    "suggestion": {"article": "PermenPANRB 6/2022 halaman 97–98", "version": "2022-02-07"},
    "evidence_gate": {"article": "Ketentuan Kota Ambon", "version": "2022-02-07"},
    "matrix": {"article": "PermenPANRB 6/2022 halaman 99–100", "version": "2022-02-07"},
}


def evaluation(results, *, work=None, behaviour=Rating.MEETS, **changed):
    """The keyword arguments of a receipt in which everything agrees."""
    ratings = {
        kind: [row["rating"] for row in results if row["kind"] == kind] for kind in ("main", "additional")
    }
    suggestion = suggested_rating(**ratings)
    work = work or suggestion.rating
    return {
        "employee_label": "pegawai-7f3a",
        "period_label": "Triwulan III 2026",
        "results": results,
        "suggestion": suggestion,
        "work_rating": work,
        "work_reason": "",
        "behaviour_rating": behaviour,
        "behaviour_reason": "Konsisten melayani.",
        "predikat": predikat_for(work=work, behaviour=behaviour),
        "rulebook": RULEBOOK,
    } | changed


def indicator(target, realised, direction="higher"):
    percent = achievement(target=target, realised=realised, lower_is_better=direction == "lower")
    return {
        "statement": "Cakupan pelayanan ibu hamil",
        "target": target,
        "realised": realised,
        "direction": direction,
        "unit": "persen",
        "percent": percent,
    }


def result(*indicators, kind="main", rating=Rating.MEETS, **more):
    return {
        "statement": "Ibu hamil “berisiko” terlayani",
        "kind": kind,
        "indicators": list(indicators),
        "rating": rating,
        "reason": "Sesuai bukti.",
        "evidence": [
            {"title": "Register", "sha256": "ab" * 32, "dated": date(2026, 9, 30)},
            {"title": "Rekap", "sha256": "cd" * 32, "dated": date(2026, 8, 31), "cited": True},
        ],
    } | more


def example():
    return evaluation(
        [
            result(
                indicator(Decimal("85.00"), Decimal("80.50")),
                indicator((Decimal("7"), Decimal("8")), Decimal("9"), "range"),
            ),
            result(indicator(Decimal("5"), None, "lower"), rating=Rating.ABOVE),
            result(indicator("10", 12), kind="additional", rating=Rating.BELOW),
        ]
    )


def random_evaluation(chance):
    def figure(low, high):
        return Decimal(chance.randint(low, high)).scaleb(-chance.choice([0, 1, 2]))

    def random_indicator():
        direction = chance.choice(["higher", "lower", "range"])
        target = figure(1, 20000)
        if direction == "range":
            target = (target, target + figure(1, 5000))
        realised = chance.choice([None, figure(0, 30000), figure(-500, 500)])
        return indicator(target, realised, direction)

    def random_result(kind):
        return result(
            *(random_indicator() for _ in range(chance.randint(0, 3))),
            kind=kind,
            rating=chance.choice(Rating.values),
            evidence=[
                {
                    "title": f"Bukti {number}",
                    "sha256": f"{chance.randint(0, 9):064x}",
                    "dated": date(2026, chance.randint(7, 9), chance.randint(1, 28)),
                    "cited": chance.random() < 0.5,
                }
                for number in range(chance.randint(0, 3))
            ],
            cited_feedback=[{"sha256": f"{chance.getrandbits(256):064x}", "dated": date(2026, 8, 1)}]
            * chance.randint(0, 1),
            heard=chance.random() < 0.5,
            **(
                {"surprise": "Baru menjabat.", "lacks": "belum ada umpan balik."}
                if chance.random() < 0.2
                else {}
            ),
        )

    kinds = ["main"] * chance.randint(1, 5) + ["additional"] * chance.randint(0, 3)
    return evaluation(
        [random_result(kind) for kind in kinds],
        work=chance.choice([None, *Rating]),
        behaviour=chance.choice(list(Rating)),
        organisation=chance.choice([None, ("Puskesmas", None), ("Puskesmas", "Istimewa")]),
        calibration=[("Kalibrasi 1 Oktober 2026", "Predikat ditinjau ulang.")] * chance.randint(0, 2),
    )
