//! Ids of documents: a kind and the service's id, so that they are stable and say where to fetch.
use std::{fmt, str::FromStr};

use intervals_core::Error;
use jiff::civil::Date;

/// Id of a document, such as `activity:i123`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Id {
    Activity(String),
    Event(i64),
    Wellness(Date),
    Workout(i64),
    Folder(i64),
}

impl Id {
    /// Returns the word before the colon.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Activity(_) => "activity",
            Self::Event(_) => "event",
            Self::Wellness(_) => "wellness",
            Self::Workout(_) => "workout",
            Self::Folder(_) => "folder",
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::Activity(id) => write!(f, "{kind}:{id}"),
            Self::Event(id) | Self::Workout(id) | Self::Folder(id) => write!(f, "{kind}:{id}"),
            Self::Wellness(day) => write!(f, "{kind}:{day}"),
        }
    }
}

impl FromStr for Id {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let id = text.trim().split_once(':').and_then(|(kind, id)| match kind {
            "activity" if !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric()) => {
                Some(Self::Activity(id.into()))
            }
            "event" => id.parse().ok().map(Self::Event),
            "wellness" => id.parse().ok().map(Self::Wellness),
            "workout" => id.parse().ok().map(Self::Workout),
            "folder" => id.parse().ok().map(Self::Folder),
            _ => None,
        });
        id.ok_or_else(|| {
            Error::new(
                format!("\"{text}\" is no id"),
                "Use one that search gave: activity:i123, event:1001, wellness:2026-07-05, workout:2001 or folder:3001.",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("activity:i123")]
    #[case("activity:15987654321")]
    #[case("event:1001")]
    #[case("wellness:2026-07-05")]
    #[case("workout:2001")]
    #[case("folder:3001")]
    fn an_id_is_read_as_it_was_written(#[case] text: &str) {
        assert_eq!(text.parse::<Id>().unwrap().to_string(), text);
    }

    #[rstest]
    #[case("")]
    #[case("i123")]
    #[case("activity:")]
    #[case("activity:../athlete/0")]
    #[case("event:soon")]
    #[case("wellness:2026-02-30")]
    #[case("gear:b1")]
    fn what_is_no_id_names_the_forms(#[case] text: &str) {
        let error = text.parse::<Id>().unwrap_err();
        assert!(error.problem.contains(&format!("\"{text}\"")), "{error}");
        assert!(error.advice.contains("activity:i123, event:1001, wellness:2026-07-05, workout:2001 or folder:3001"));
    }
}
