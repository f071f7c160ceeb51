"""Why a file cannot be read as events at all; a wrong row is not an error but a refusal."""


class FileError(Exception):
    """The file cannot be published: the message says where and what to do.

    Rows before that place may have been published. Publishing the corrected file again changes nothing for
    them: their ids are the same.
    """
