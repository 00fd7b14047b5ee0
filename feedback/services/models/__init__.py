"""What a unit serves the public, who stands at which counter, and the codes that stand for a visit."""

from .catalogue import Service, ServiceVolume
from .codes import CodeSheet, SurveyCode
from .counters import Counter, CounterDuty

__all__ = ["CodeSheet", "Counter", "CounterDuty", "Service", "ServiceVolume", "SurveyCode"]
