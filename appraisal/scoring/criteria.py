"""One line for each answer of the rating page, so that nobody chooses a bare word.

For the two ratings of the law they are its guide in the rulebook's words (PermenPANRB 6/2022 pages 97-98); a single
result has none there, so its lines speak of the agreed target only.
"""

from appraisal.rulebook.reference_data import RULES

from .matrix import Rating

FOR_A_RESULT = {
    Rating.ABOVE: "Melampaui target yang disepakati, didukung bukti dan umpan balik.",
    Rating.MEETS: "Memenuhi target yang disepakati.",
    Rating.BELOW: "Belum memenuhi target yang disepakati.",
}
FOR_WORK = {Rating(key): words for key, words in RULES["suggestion"][0].items()}
FOR_BEHAVIOUR = {Rating(key): words for key, words in RULES["behaviour_guide"][0].items()}
