//! Reasons why a tool is offered or left out, in the order of the filters.
use intervals_core::registry::Delete;

use crate::entry::Entry;

/// The reason why a tool is offered or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The tool is offered; with `dynamic`, from the start of a session.
    Offered,
    /// Its pack is not in this build.
    NotLinked,
    /// Its pack is off.
    PackOff,
    /// A profile selects only other tools of its pack, or excludes it.
    PartOff,
    /// No pattern of `tools` matches it.
    NotNamed,
    /// A pattern of `exclude_tools` matches it.
    Denied,
    /// `delete_mode` leaves it out.
    DeleteMode,
    /// `read_only` leaves it out.
    ReadOnly,
    /// A session must switch its pack on first.
    Later,
    /// It does not fit into `max_tool_tokens`.
    Budget,
}

impl Why {
    /// Its word in JSON output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::NotLinked => "not_linked",
            Self::PackOff => "pack_off",
            Self::PartOff => "part_off",
            Self::NotNamed => "not_named",
            Self::Denied => "denied",
            Self::DeleteMode => "delete_mode",
            Self::ReadOnly => "read_only",
            Self::Later => "later",
            Self::Budget => "budget",
        }
    }

    /// A sentence with the reason, and how to have the tool offered.
    pub fn sentence(self, Entry { pack, tool, .. }: &Entry) -> String {
        match self {
            Self::Offered => "offered".into(),
            Self::NotLinked => not_linked(pack),
            Self::PackOff => {
                format!("pack {pack} is off: add {pack} to packs (--packs, INTERVALS_ICU_PACKS or config.toml)")
            }
            Self::PartOff => format!("only a part of pack {pack} is on: add {pack} to packs"),
            Self::NotNamed => "no pattern of tools matches it".into(),
            Self::Denied => "exclude_tools names it".into(),
            Self::DeleteMode if tool.delete == Some(Delete::Forever) => {
                "it deletes for good: delete_mode = full".into()
            }
            Self::DeleteMode => "it deletes: delete_mode = safe or full".into(),
            Self::ReadOnly => "read_only leaves only tools that read".into(),
            Self::Later => format!("a session has to switch pack {pack} on, or call it through another tool"),
            Self::Budget => "max_tool_tokens has no room for it".into(),
        }
    }
}

/// The sentence for a tool whose pack is not in this build.
pub fn not_linked(pack: &str) -> String {
    format!("pack {pack} is not in this build: build it with --features {pack}")
}
