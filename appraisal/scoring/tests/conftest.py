from appraisal.monitoring.tests.conftest import now, plan

__all__ = ["now", "plan"]
