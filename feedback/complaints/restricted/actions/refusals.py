"""What an act of the restricted lane refuses, at which field."""

from ambon_kinerja.lifecycle.steps import StepRefused


class Refused(StepRefused):
    """Nothing was written; `about` is the field of the form it speaks of."""

    def __init__(self, words, about=""):
        super().__init__(words)
        self.about = about
