//! Converts the periods of a call to the service's words.
use intervals_core::{Day, Error, Result};
use jiff::civil::Date;

/// Maximum curves of a call.
const MOST: usize = 6;

/// Arguments that name periods, which add up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    pub days_back: Option<i64>,
    pub time_period: Option<&'a str>,
    pub oldest: Option<Day>,
    pub newest: Option<Day>,
}

impl Words<'_> {
    /// Returns one word for each curve, without duplicates; default 90 days. `fatigue` allows curves after fatigue, which
    /// only power has.
    pub fn periods(&self, today: Date, fatigue: bool) -> Result<Vec<String>> {
        let mut periods = vec![];
        if let Some(days) = self.days_back {
            if !(1..=36_500).contains(&days) {
                return Err(Error::new(format!("days_back is {days}"), "Ask for 1 to 36500 days."));
            }
            periods.push(format!("{days}d"));
        }
        let words = self.time_period.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
        for word in words {
            periods.push(period(word, fatigue)?);
        }
        match (self.oldest, self.newest) {
            (None, None) => {}
            (None, Some(newest)) => {
                return Err(Error::new(format!("newest {newest} has no oldest"), "Give oldest as well."));
            }
            (Some(oldest), newest) => periods.push(range(oldest.0, newest.map_or(today, |day| day.0))?),
        }
        let mut unique: Vec<String> = vec![];
        for period in periods {
            if !unique.contains(&period) {
                unique.push(period);
            }
        }
        if unique.len() > MOST {
            return Err(Error::new(
                format!("{} curves are too many", unique.len()),
                format!("Ask for up to {MOST} at once."),
            ));
        }
        if unique.is_empty() {
            unique.push("90d".into());
        }
        Ok(unique)
    }
}

fn range(oldest: Date, newest: Date) -> Result<String> {
    if newest < oldest {
        return Err(Error::new(format!("newest {newest} is before oldest {oldest}"), "Swap the two days."));
    }
    Ok(format!("r.{oldest}.{newest}"))
}

/// Converts a period in our words, the old server's or the service's.
fn period(word: &str, fatigue: bool) -> Result<String> {
    let plain = word.to_lowercase().replace([' ', '_'], "");
    let (plain, suffix) = match plain.rsplit_once("-kj") {
        Some((period, "0")) => (period, "-kj0"),
        Some((period, "1")) => (period, "-kj1"),
        _ => (plain.as_str(), ""),
    };
    if !suffix.is_empty() && !fatigue {
        return Err(Error::new(
            format!("time_period {word} is after fatigue"),
            format!("Leave {suffix} out: only power has such curves."),
        ));
    }
    let known = match plain {
        "week" => Some("7d".into()),
        "month" => Some("30d".into()),
        "quarter" => Some("90d".into()),
        "year" => Some("1y".into()),
        "season" | "thisseason" | "currentseason" => Some("s0".into()),
        "lastseason" | "previousseason" => Some("s1".into()),
        "all" | "alltime" | "ever" => Some("all".into()),
        _ => match plain.strip_prefix("r.").and_then(|range| range.split_once('.')) {
            Some((oldest, newest)) => match (oldest.parse::<Day>(), newest.parse::<Day>()) {
                (Ok(oldest), Ok(newest)) => Some(range(oldest.0, newest.0)?),
                _ => None,
            },
            None => counted(plain),
        },
    };
    let advice =
        "Use week, month, year, all, 42d, 1y, s0 (this season) or r.2026-01-01.2026-02-28; several with commas.";
    let known = known.ok_or_else(|| Error::new(format!("time_period \"{word}\" is no period"), advice))?;
    Ok(known + suffix)
}

/// Converts `42d`, `6weeks`, `3m`, `2y` or `s1`; the service counts only days, years and seasons.
fn counted(word: &str) -> Option<String> {
    let number = |digits: &str, most: u32| digits.parse::<u32>().ok().filter(|n| (1..=most).contains(n));
    if let Some(season) = word.strip_prefix('s').and_then(|n| n.parse::<u32>().ok()) {
        return (season <= 50).then(|| format!("s{season}"));
    }
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.strip_suffix(unit)?;
    match unit {
        "d" | "day" | "days" => number(digits, 36_500).map(|n| format!("{n}d")),
        "w" | "week" | "weeks" => number(digits, 5200).map(|n| format!("{}d", n * 7)),
        "m" | "month" | "months" => number(digits, 1200).map(|n| format!("{}d", n * 30)),
        "y" | "year" | "years" => number(digits, 100).map(|n| format!("{n}y")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn asked(days_back: Option<i64>, time_period: &str) -> Result<Vec<String>> {
        let asked = Words { days_back, time_period: Some(time_period), oldest: None, newest: None };
        asked.periods("2026-07-05".parse().unwrap(), true)
    }

    #[rstest]
    #[case(None, "", &["90d"])]
    #[case(Some(28), "", &["28d"])]
    #[case(None, "week", &["7d"])]
    #[case(None, "Month", &["30d"])]
    #[case(None, "year, all", &["1y", "all"])]
    #[case(None, "42d,42 days,s0,season", &["42d", "s0"])]
    #[case(None, "6 weeks,3 months", &["42d", "90d"])]
    #[case(None, "r.2026-01-01.2026-02-28", &["r.2026-01-01.2026-02-28"])]
    #[case(None, "90d,90d-kj0,90d-kj1", &["90d", "90d-kj0", "90d-kj1"])]
    fn periods_are_understood_in_several_words(
        #[case] days_back: Option<i64>,
        #[case] words: &str,
        #[case] periods: &[&str],
    ) {
        assert_eq!(asked(days_back, words).unwrap(), periods);
    }

    #[rstest]
    #[case(Some(0), "", "days_back is 0. Ask for 1 to 36500 days.")]
    #[case(None, "fortnight", "time_period \"fortnight\" is no period. Use week, ")]
    #[case(None, "0d", "time_period \"0d\" is no period.")]
    #[case(None, "d", "time_period \"d\" is no period.")]
    #[case(None, "s", "time_period \"s\" is no period.")]
    #[case(None, "r.2026-01-01.2026-02-30", "time_period \"r.2026-01-01.2026-02-30\" is no period.")]
    #[case(None, "r.2026-02-01.2026-01-01", "newest 2026-01-01 is before oldest 2026-02-01.")]
    #[case(None, "1d,2d,3d,4d,5d,6d,7d", "7 curves are too many. Ask for up to 6 at once.")]
    fn others_are_refused(#[case] days_back: Option<i64>, #[case] words: &str, #[case] error: &str) {
        let refused = asked(days_back, words).unwrap_err().to_string();
        assert!(refused.starts_with(error), "{refused}");
    }

    #[test]
    fn a_range_without_newest_ends_today() {
        let today: Date = "2026-07-05".parse().unwrap();
        let oldest = Some("2026-05-01".parse().unwrap());
        let asked = Words { days_back: None, time_period: None, oldest, newest: None };
        assert_eq!(asked.periods(today, false).unwrap(), ["r.2026-05-01.2026-07-05"]);
        let newest = Words { oldest: None, newest: oldest, ..asked };
        assert_eq!(newest.periods(today, false).unwrap_err().problem, "newest 2026-05-01 has no oldest");
    }

    #[test]
    fn periods_after_fatigue_are_refused_where_there_are_none() {
        let asked = Words { days_back: None, time_period: Some("42d-kj0"), oldest: None, newest: None };
        let error = asked.periods("2026-07-05".parse().unwrap(), false).unwrap_err();
        assert_eq!(
            error.to_string(),
            "time_period 42d-kj0 is after fatigue. Leave -kj0 out: only power has such curves."
        );
    }
}
