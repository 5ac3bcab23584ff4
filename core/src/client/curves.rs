//! Curves: the best values of a span of time over durations or distances.
