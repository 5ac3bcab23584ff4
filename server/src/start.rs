//! The error of start-up.
use std::fmt;

use intervals_settings::Fault;

/// Keeps the server from starting.
#[derive(Debug)]
pub enum StartError {
    /// All faults of the configuration.
    Faults(Vec<Fault>),
    /// Any other error.
    Other(anyhow::Error),
}

impl StartError {
    /// The faults. Any other error is returned as a fault of the configuration as a whole.
    pub fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Faults(faults) => faults.clone(),
            Self::Other(error) => vec![Fault {
                place: "configuration".into(),
                problem: format!("{error:#}"),
                remedy: "Correct it.".into(),
            }],
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faults(faults) => {
                let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n       "))
            }
            Self::Other(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<Fault> for StartError {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

impl From<Vec<Fault>> for StartError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

impl From<anyhow::Error> for StartError {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}
