"""Order in the house: the queue, reports, suspensions."""
