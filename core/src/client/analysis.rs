//! What lies inside one activity: intervals, streams, best efforts, histograms.
