"""The signals process: judges every local day once, keeps what it found, and lets alerts follow."""
