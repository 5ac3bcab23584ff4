//! Keys whose value is one of a few words.
use intervals_core::{DeleteMode, units::System};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which deletes are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Deletes {
    /// None.
    None,
    /// Those that take away nothing that would be missed.
    Safe,
    /// All.
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

/// Units of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnitsChoice {
    /// As the athlete's record says.
    Athlete,
    /// Kilometres, kilograms, °C.
    Metric,
    /// Miles, pounds, °F.
    Imperial,
}

impl UnitsChoice {
    /// The system, when it is not the athlete's own.
    pub fn fixed(self) -> Option<System> {
        match self {
            Self::Athlete => None,
            Self::Metric => Some(System::Metric),
            Self::Imperial => Some(System::Imperial),
        }
    }
}

/// What the text of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnswerForm {
    /// Tables and lines.
    Text,
    /// The structured answer.
    Json,
}

/// What a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For reading: time, level, target, then `key=value`.
    Text,
    /// An object with `timestamp`, `level`, `target` and the line's own keys.
    Json,
}
