//! Long series, made short without losing their shape.

/// The indices of at most `most` points that keep the shape of a series: Largest-Triangle-Three-Buckets.
///
/// `points` are (x, y) with x ascending. Source: S. Steinarsson, "Downsampling Time Series for Visual Representation",
/// University of Iceland, 2013, section 4.2.
pub fn downsample(points: &[(f64, f64)], most: usize) -> Vec<usize> {
    let all = points.len();
    if all <= most {
        return (0..all).collect();
    }
    let (Some(first), true) = (points.first(), most >= 3) else {
        return (0..all).take(most).collect();
    };
    // The first and the last point stay; the others are shared out among the buckets between them.
    let buckets = most - 2;
    let edge = |bucket: usize| 1 + bucket * (all - 2) / buckets;
    let (mut kept, mut last) = (vec![0], *first);
    for bucket in 0..buckets {
        let next = points.get(edge(bucket + 1)..edge(bucket + 2).min(all)).unwrap_or_default();
        let centre = mean(next).unwrap_or(last);
        let area = |p: &(f64, f64)| ((last.0 - centre.0) * (p.1 - last.1) - (last.0 - p.0) * (centre.1 - last.1)).abs();
        let start = edge(bucket);
        let candidates = points.get(start..edge(bucket + 1)).unwrap_or_default().iter().enumerate();
        if let Some((offset, point)) = candidates.max_by(|(_, a), (_, b)| area(a).total_cmp(&area(b))) {
            kept.push(start + offset);
            last = *point;
        }
    }
    kept.push(all - 1);
    kept
}

fn mean(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let n = points.len() as f64;
    let sum = points.iter().copied().reduce(|a, b| (a.0 + b.0, a.1 + b.1))?;
    Some((sum.0 / n, sum.1 / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_survives() {
        let points: Vec<_> = (0..1000).map(|i| (f64::from(i), if i == 617 { 900.0 } else { 200.0 })).collect();
        let kept = downsample(&points, 50);
        assert_eq!(kept.len(), 50);
        assert!(kept.contains(&0) && kept.contains(&617) && kept.contains(&999));
        assert!(kept.is_sorted());
    }

    #[test]
    fn a_short_series_stays_whole() {
        let points = [(0.0, 1.0), (1.0, 2.0)];
        assert_eq!(downsample(&points, 2), [0, 1]);
        assert_eq!(downsample(&points, 1), [0]);
        assert_eq!(downsample(&[], 5), [0; 0]);
    }
}
