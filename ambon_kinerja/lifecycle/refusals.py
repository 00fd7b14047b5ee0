"""How an act says which field of its form is at fault."""

from .steps import StepRefused


class Refused(StepRefused):
    """Nothing was kept; `about` names the field of the form it speaks of, "" for the whole."""

    def __init__(self, words, about=""):
        self.about = about
        super().__init__(words)
