"""What can go wrong with the embedded servers, each with its way out in the message."""


class EmbeddedServerError(RuntimeError):
    """An embedded server could not be prepared, started or stopped."""


class JarMismatchError(EmbeddedServerError):
    """A jar of Kafka is not the one that the lock file names."""


class DataDirectoryInUseError(EmbeddedServerError):
    """Another running process holds the data directory."""


class OtherProfileError(EmbeddedServerError):
    """The data directory was filled under another profile."""
