"""Files of events: tables by a mapping of the profile, and JSON lines."""

from publishers.files.errors import FileError
from publishers.files.publish import publish_file
from publishers.files.rejects import default_rejects
from publishers.files.report import Progress, Report

__all__ = ["FileError", "Progress", "Report", "default_rejects", "publish_file"]
