"""The detectors, one kind of signal per file.

Of a flow every day: stop. Of a flow every week: slow_pair, improved, open_age, overdue_excess, ping_pong, missing,
batching (the receiver's part and the sender's) and cost_shift (two flows). Of a feed: feed_silence every day,
publish_lag every week. The boundary stands in `analysis.boundary`: it compares steps, not a flow with its past.
"""
