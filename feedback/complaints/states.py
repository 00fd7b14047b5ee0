"""The life of a letter: received, verified, in hand, waiting for its writer, done (SP4N-LAPOR! names the states)."""

from ambon_kinerja.lifecycle.steps import Step

from .models import Complaint
from .rules import has_run_out, is_reporter, may_accept, may_close, may_handle

RECORD = "feedback.Complaint"
State = Complaint.State

FRESH = (State.RECEIVED, State.VERIFIED)
IN_HAND = (State.VERIFIED, State.FORWARDED, State.IN_PROGRESS, State.REOPENED)
ANY_OPEN = (State.RECEIVED, *IN_HAND)

VERIFY = Step("verify", "Verifikasi", (State.RECEIVED,), State.VERIFIED, may_handle)
BEGIN = Step(
    "begin",
    "Mulai tindak lanjut",
    (State.VERIFIED, State.FORWARDED, State.REOPENED),
    State.IN_PROGRESS,
    may_handle,
)
ASK = Step("ask", "Tanya pelapor", ANY_OPEN, State.WAITING, may_handle)
ANSWER = Step("answer", "Jawab", (*IN_HAND, State.WAITING), State.WAITING, may_handle)
CLOSE = Step("close", "Tutup", (State.IN_PROGRESS,), State.DONE, may_close, needs_reason=True)
FORWARD = Step("forward", "Teruskan ke unit lain", ANY_OPEN, State.FORWARDED, may_handle, needs_reason=True)
REFUSE = Step("refuse", "Tolak", FRESH, State.REFUSED, may_handle, needs_reason=True)
MERGE = Step("merge", "Gabungkan", ANY_OPEN, State.MERGED, may_handle)
TRANSFER = Step("transfer", "Alihkan ke SP4N-LAPOR!", ANY_OPEN, State.TRANSFERRED, may_handle)
REPLY = Step("reply", "Balas", (State.WAITING,), State.IN_PROGRESS, is_reporter)
ACCEPT = Step("accept", "Terima jawaban dan tutup", (State.WAITING,), State.DONE, may_accept)
REOPEN = Step(
    "reopen", "Buka kembali", (State.DONE, State.REFUSED), State.REOPENED, is_reporter, needs_reason=True
)
LAPSE = Step("lapse", "Tutup karena tidak ada balasan", (State.WAITING,), State.DONE, has_run_out)

OFFICER_STEPS = (VERIFY, BEGIN, ASK, ANSWER, CLOSE, FORWARD, REFUSE, MERGE, TRANSFER)
STEPS = (*OFFICER_STEPS, REPLY, ACCEPT, REOPEN, LAPSE)
