"""Close periods, correct closed ones, and say why two runs differ.

`Closed` is what is carried from one close to the next. `corrections` compares it with what is known now, `payments`
adds up what everybody is due, and `compare` takes the difference of two runs apart into its causes.
"""

from incentive.closing.causes import EACH, Side, compare
from incentive.closing.closed import Closed, check_follows, close, refused
from incentive.closing.correcting import corrections, payments

__all__ = ["EACH", "Closed", "Side", "check_follows", "close", "compare", "corrections", "payments", "refused"]
