//! Keys with a fixed set of values.
use intervals_core::{DeleteMode, units::System};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Deletes that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Deletes {
    /// No deletes.
    None,
    /// Guarded deletes, which skip what would be missed.
    Safe,
    /// Every delete.
    Full,
}

impl From<Deletes> for DeleteMode {
    fn from(deletes: Deletes) -> Self {
        match deletes {
            Deletes::None => Self::None,
            Deletes::Safe => Self::Safe,
            Deletes::Full => Self::Full,
        }
    }
}

/// Units of answers as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnitsChoice {
    /// The units in the athlete's record.
    Athlete,
    /// Kilometres, kilograms, °C.
    Metric,
    /// Miles, pounds, °F.
    Imperial,
}

impl UnitsChoice {
    /// The unit system; `None` for the athlete's own.
    pub fn fixed(self) -> Option<System> {
        match self {
            Self::Athlete => None,
            Self::Metric => Some(System::Metric),
            Self::Imperial => Some(System::Imperial),
        }
    }
}

/// Format of an answer's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnswerForm {
    /// Tables and lines.
    Text,
    /// The structured answer as JSON.
    Json,
}

/// Format of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text: time, level, target, then `key=value`.
    Text,
    /// A JSON object with `timestamp`, `level`, `target` and the line's own keys.
    Json,
}
