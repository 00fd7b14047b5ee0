"""Writes docs/lifecycles.md anew."""

from django.conf import settings
from django.core.management import BaseCommand

from ambon_kinerja.lifecycle.drawing import draw_all


class Command(BaseCommand):
    help = "Gambar ulang docs/lifecycles.md dari tabel langkah setiap ruang."

    def handle(self, *args, **options):
        (settings.BASE_DIR / "docs" / "lifecycles.md").write_text(draw_all(), encoding="utf-8")
        self.stdout.write("docs/lifecycles.md selesai digambar.")
