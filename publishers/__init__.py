"""What agencies use: the client, the file import and the synthetic partnership."""
