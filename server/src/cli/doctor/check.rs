//! One thing that was looked at, and how it is written.
use serde::Serialize;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Pass,
    Warn,
    Fail,
}

/// What was looked at, what was found, and what to do about it.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    pub check: &'static str,
    pub status: Status,
    pub detail: String,
    pub remedy: Option<String>,
}

impl Check {
    pub fn pass(check: &'static str, detail: impl Into<String>) -> Self {
        Self::of(check, Status::Pass, detail.into(), None)
    }

    pub fn warn(check: &'static str, detail: impl Into<String>, remedy: Option<&str>) -> Self {
        Self::of(check, Status::Warn, detail.into(), remedy)
    }

    pub fn fail(check: &'static str, detail: impl Into<String>, remedy: &str) -> Self {
        Self::of(check, Status::Fail, detail.into(), Some(remedy))
    }

    /// What others said cannot steer the terminal.
    fn of(check: &'static str, status: Status, detail: String, remedy: Option<&str>) -> Self {
        let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Self { check, status, detail: plain(&detail), remedy: remedy.map(plain) }
    }
}

/// A line for each, and its remedy below it.
pub fn text(checks: &[Check]) -> String {
    let wide = checks.iter().map(|check| check.check.len()).max().unwrap_or_default();
    let line = |Check { check, status, detail, remedy }: &Check| {
        let mark = match status {
            Status::Pass => "pass",
            Status::Warn => "warn",
            Status::Fail => "FAIL",
        };
        let remedy = remedy.as_ref().map(|remedy| format!("{:indent$}-> {remedy}\n", "", indent = wide + 8));
        format!("{mark}  {check:<wide$}  {detail}\n{}", remedy.unwrap_or_default())
    };
    checks.iter().map(line).collect()
}
