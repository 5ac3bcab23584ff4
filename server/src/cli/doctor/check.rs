//! The result of one check, and its text.
use serde::Serialize;

/// The outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Pass,
    Warn,
    Fail,
}

/// The result of a check: its name, outcome, finding and remedy.
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

    /// Replaces control characters: the detail may hold text of the service, which must not send commands to the terminal.
    fn of(check: &'static str, status: Status, detail: String, remedy: Option<&str>) -> Self {
        let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Self { check, status, detail: plain(&detail), remedy: remedy.map(plain) }
    }
}

/// Formats each check as a line, with its remedy below.
pub fn text(checks: &[Check]) -> String {
    let width = checks.iter().map(|check| check.check.len()).max().unwrap_or_default();
    let line = |Check { check, status, detail, remedy }: &Check| {
        let mark = match status {
            Status::Pass => "pass",
            Status::Warn => "warn",
            Status::Fail => "FAIL",
        };
        let remedy = remedy.as_ref().map(|remedy| format!("{:indent$}-> {remedy}\n", "", indent = width + 8));
        format!("{mark}  {check:<width$}  {detail}\n{}", remedy.unwrap_or_default())
    };
    checks.iter().map(line).collect()
}
