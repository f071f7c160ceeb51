"""One day judged: what is asked, what is usual, what opens and closes a signal, and how it is told."""
