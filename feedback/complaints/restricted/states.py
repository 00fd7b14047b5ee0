"""How a complaint about an officer moves. The officer and the clock are words here: the trail must not name anybody."""

from ambon_kinerja.lifecycle.steps import Step

from .models import RestrictedCase
from .rules import is_clock, is_handler, is_handler_or_clock, is_officer_word

RECORD = "feedback.RestrictedCase"
State = RestrictedCase.State

BEGIN = Step("begin", "Periksa di jalur ini", (State.RECEIVED,), State.FACT_FINDING, is_handler)
MAKE_ORDINARY = Step(
    "make_ordinary",
    "Alihkan menjadi pengaduan biasa",
    (State.RECEIVED, State.FACT_FINDING),
    State.ORDINARY,
    is_handler,
)
HAND_OVER = Step(
    "hand_over",
    "Serahkan kepada pihak berwenang",
    (State.RECEIVED, State.FACT_FINDING, State.REPLIED, State.DECIDED),
    State.HANDED,
    is_handler,
)
ASK_REPLY = Step("ask_reply", "Minta jawaban pegawai", (State.FACT_FINDING,), State.REPLY_ASKED, is_handler)
ANSWER = Step("answer", "Kirim jawaban", (State.REPLY_ASKED,), State.REPLIED, is_officer_word)
LET_TERM_PASS = Step("let_term_pass", "Lanjut tanpa jawaban", (State.REPLY_ASKED,), State.REPLIED, is_clock)
DECIDE = Step("decide", "Putuskan", (State.FACT_FINDING, State.REPLIED), State.DECIDED, is_handler)
CLOSE = Step("close", "Selesaikan", (State.DECIDED,), State.CLOSED, is_handler_or_clock)

STEPS = [BEGIN, MAKE_ORDINARY, HAND_OVER, ASK_REPLY, ANSWER, LET_TERM_PASS, DECIDE, CLOSE]
