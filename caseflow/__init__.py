"""The command line and the wiring: settings and profile become running processes."""
