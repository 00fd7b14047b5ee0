"""Log lines as JSON, one a line, so that no text typed by a user can forge a second one."""

import structlog


class JsonLines(structlog.stdlib.ProcessorFormatter):
    """The formatter of every handler: time with offset, level, logger, event, exception."""

    def __init__(self):
        shared = [
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%S.%f%z", utc=False),
        ]
        super().__init__(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
