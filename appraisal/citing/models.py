"""What citizens or colleagues said, taken into the record of continuous feedback as it stood on that day."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value

from appraisal.monitoring.models import Feedback

# As for the feedback it stands with: once answered, or rated by, it stays.
STAYS_WITH_ITS_FEEDBACK = """
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a citation is frozen' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM appraisal_feedback said WHERE said.id = OLD.feedback_id AND (
            said.answered_at IS NOT NULL OR EXISTS (
                SELECT FROM appraisal_evaluation_states(ARRAY[said.skp_id]) decided
                WHERE decided.period_id = said.period_id AND decided.state <> 'draft'
            )
        )
    ) THEN
        RAISE EXCEPTION 'a citation that was answered or rated by stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
"""
HEX_OF_FROZEN = Func(
    Func(
        Func(F("frozen"), Value("UTF8"), function="convert_to", output_field=models.BinaryField()),
        function="sha256",
        output_field=models.BinaryField(),
    ),
    Value("hex"),
    function="encode",
    output_field=models.CharField(),
)


class VoiceCitation(models.Model):
    """A frozen copy of evidence (PermenPANRB 6/2022 art. 17–19): figures, sample and interval as they were.

    The words, the subject, the employee's answer and who cited it stand in the Feedback it belongs to.
    """

    class Source(models.TextChoices):
        SERVICE = "service", "Survei layanan"
        COMMENTS = "comments", "Saran warga"
        COMPLAINTS = "complaints", "Angka pengaduan"
        COUNTER = "counter", "Survei di loket"
        COLLEAGUES = "colleagues", "Umpan balik rekan"
        OUTCOME = "outcome", "Laporan yang terbukti"

    feedback = models.OneToOneField(
        Feedback, models.CASCADE, related_name="citation", verbose_name="umpan balik"
    )
    source = models.CharField("asal", max_length=10, choices=Source)
    reason = models.TextField("alasan mengutip")
    frozen = models.TextField("salinan beku")
    sha256 = models.CharField("sidik salinan (SHA-256)", max_length=64)
    cited_at = models.DateTimeField("dikutip", auto_now_add=True)

    class Meta:
        ordering = ["cited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=HEX_OF_FROZEN), name="citation_has_the_hash_of_its_copy"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="citation_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="citation_stays_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=STAYS_WITH_ITS_FEEDBACK,
            )
        ]

    def __str__(self):
        return f"{self.get_source_display()} {self.sha256[:12]}"
