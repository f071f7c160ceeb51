"""The truth about the stories: which hand-offs are late and why, from what was drawn, not from what judges it."""
