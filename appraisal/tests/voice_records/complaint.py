"""A citizen's letter to the clinic for the access table: verified, with a contact and a file of the citizen."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appraisal.demo.evidence_file import small_pdf
from feedback.complaints import attachments
from feedback.complaints.tests.scene import a_complaint, onward
from feedback.services.periods import last_finished


def build_complaints(cast):
    file, _ = attachments.receive(SimpleUploadedFile("foto.pdf", small_pdf("Uji")), key="uji")
    facts = {"identity": "confidential", "name": "Warga Uji", "consent": True, "attachments": [file]}
    complaint, _ = a_complaint(cast, key="uji", **facts)
    onward(cast, complaint, "verify")
    return {
        "complaint": complaint.pk,
        "complaint_step": "jawab",
        "complaint_file": complaint.attachments.get().pk,
        "finished_quarter": last_finished(timezone.localdate()).code,
    }
