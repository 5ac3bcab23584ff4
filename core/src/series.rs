//! Downsamples long series without losing their shape.

/// The indices of at most `most` points that keep the shape of a series: Largest-Triangle-Three-Buckets.
///
/// `points` are (x, y) with x ascending. Source: S. Steinarsson, "Downsampling Time Series for Visual Representation",
/// University of Iceland, 2013, section 4.2.
pub fn downsample(points: &[(f64, f64)], most: usize) -> Vec<usize> {
    let (x, y): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    downsample_together(&x, &[y], most)
}

/// Downsamples several series over one x. A point counts by the sum of its triangles, each series scaled to its own range.
pub fn downsample_together(x: &[f64], series: &[Vec<f64>], most: usize) -> Vec<usize> {
    let all = x.len();
    if all <= most || most < 3 {
        return (0..all).take(most).collect();
    }
    let at = |values: &[f64], n: usize| values.get(n).copied().unwrap_or_default();
    let scales: Vec<f64> = series.iter().map(|values| 1.0 / range(values)).collect();
    // The first and the last point stay; the others are shared out among the buckets between them.
    let buckets = most - 2;
    let edge = |bucket: usize| 1 + bucket * (all - 2) / buckets;
    let (mut kept, mut last) = (vec![0], 0);
    for bucket in 0..buckets {
        let next = edge(bucket + 1)..edge(bucket + 2).min(all);
        let centre = |values: &[f64]| values.get(next.clone()).and_then(mean).unwrap_or(at(values, last));
        let centre_x = centre(x);
        let centres: Vec<f64> = series.iter().map(|values| centre(values)).collect();
        let area = |n: usize| -> f64 {
            let triangle = |((values, centre), scale): ((&Vec<f64>, &f64), &f64)| {
                let (from, to) = (at(values, last), at(values, n));
                scale * ((at(x, last) - centre_x) * (to - from) - (at(x, last) - at(x, n)) * (centre - from)).abs()
            };
            series.iter().zip(&centres).zip(&scales).map(triangle).sum()
        };
        let candidates = (edge(bucket)..edge(bucket + 1)).map(|n| (n, area(n)));
        if let Some((n, _)) = candidates.max_by(|(_, a), (_, b)| a.total_cmp(b)) {
            kept.push(n);
            last = n;
        }
    }
    kept.push(all - 1);
    kept
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The difference of the greatest and the least value; 1 when they are the same.
fn range(values: &[f64]) -> f64 {
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    Some(high - low).filter(|range| range.is_finite() && *range > 0.0).unwrap_or(1.0)
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
    fn the_peaks_of_all_series_survive_whatever_their_scale() {
        let x: Vec<f64> = (0..1000).map(f64::from).collect();
        let peak = |at: usize, height: f64| (0..1000).map(|i| if i == at { height } else { 0.0 }).collect::<Vec<_>>();
        let kept = downsample_together(&x, &[peak(617, 900.0), peak(300, 0.5)], 50);
        assert_eq!(kept.len(), 50);
        assert!(kept.contains(&617) && kept.contains(&300));
        assert_eq!(downsample_together(&x, &[], 10).len(), 10);
    }

    #[test]
    fn a_short_series_stays_whole() {
        let points = [(0.0, 1.0), (1.0, 2.0)];
        assert_eq!(downsample(&points, 2), [0, 1]);
        assert_eq!(downsample(&points, 1), [0]);
        assert_eq!(downsample(&[], 5), [0; 0]);
    }
}
