"""What one sheet of paper is keyed as: a digit for each question, for the respondent's profile, and for the day."""

from dataclasses import dataclass
from datetime import timedelta

from feedback.citizens.profile import CHOICES

VALUES = ((1, "1"), (2, "2"), (3, "3"), (4, "4"))
DAY = "day"
# The letters on the printed form; what a respondent leaves empty stays empty.
PROFILE = tuple(
    (name, mark, label, choices)
    for mark, (name, (label, choices)) in zip("ABCDE", CHOICES.items(), strict=True)
)


@dataclass(frozen=True)
class Column:
    """`mark` is what stands on the paper ("8", "A"), `choices` the digits that may be keyed with their words."""

    key: str
    mark: str
    label: str
    choices: tuple

    @property
    def digits(self):
        return {digit for digit, _ in self.choices}

    @property
    def width(self):
        return max(len(str(digit)) for digit in self.digits)

    @property
    def advice(self):
        numbers = sorted(self.digits)
        return f"{numbers[0]} sampai {numbers[-1]}" if len(numbers) > 1 else str(numbers[0])

    def words_of(self, digit):
        return dict(self.choices).get(digit, "kosong")


def columns_of(batch, labels):
    """The columns of a batch in the order of the paper; `labels` is {element: words}."""
    asked = [
        Column(question.element, str(question.number), labels.get(question.element, question.element), VALUES)
        for question in batch.questions.all()
    ]
    days = days_of(batch)
    dated = (
        [Column(DAY, "Tgl", "Tanggal layanan", tuple((day.day, f"{day:%d-%m-%Y}") for day in days))]
        if len(days) > 1
        else []
    )
    return [*asked, *profile_columns(), *dated]


def profile_columns():
    return [
        Column(key, mark, label, tuple((number, words) for number, (_, words) in enumerate(choices, 1)))
        for key, mark, label, choices in PROFILE
    ]


def days_of(batch):
    """Every day of the batch; at most a month, so that the day of the month tells them apart."""
    return [
        batch.first_day + timedelta(days=number)
        for number in range((batch.last_day - batch.first_day).days + 1)
    ]


def profile_from(keyed):
    """{name: stored value} of the profile digits that were keyed."""
    return {key: choices[keyed[key] - 1][0] for key, _, _, choices in PROFILE if keyed.get(key)}


def day_from(keyed, batch):
    """The service day of a sheet; one without a date counts on the batch's last day."""
    return next((day for day in days_of(batch) if day.day == keyed.get(DAY)), batch.last_day)


def differences(columns, first, second):
    """[(column key, first, second)] where two readings of a sheet are not the same; empty is None."""
    return [
        (column.key, first.get(column.key), second.get(column.key))
        for column in columns
        if first.get(column.key) != second.get(column.key)
    ]
