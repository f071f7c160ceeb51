"""The cases as a process: what follows what, what comes back, and whose the time was."""
