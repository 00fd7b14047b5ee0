"""Why something was not done."""

from ambon_kinerja.lifecycle.steps import StepRefused


class Refused(StepRefused):
    """Not possible like this; `about` names the field it is about."""

    def __init__(self, words, about=""):
        super().__init__(words)
        self.about = about


class Conflict(StepRefused):
    """Somebody else was faster: the letter is no longer as it was when the page was opened."""

    def __init__(self):
        super().__init__(
            "Laporan ini berubah sejak Anda membuka halaman. Bacalah yang baru, lalu putuskan lagi."
        )
