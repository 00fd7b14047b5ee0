"""Why something was not done."""

from ambon_kinerja.lifecycle.steps import StepRefused


class Conflict(StepRefused):
    """Somebody else was faster: the letter is no longer as it was when the page was opened."""

    def __init__(self):
        super().__init__(
            "Laporan ini berubah sejak Anda membuka halaman. Bacalah yang baru, lalu putuskan lagi."
        )
