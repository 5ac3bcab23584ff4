//! Why a tool is in or out, in the order in which the filters are asked.
use intervals_core::registry::Delete;

use crate::entry::Entry;

/// What decided about a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is offered; in a dynamic server, from the start of a session.
    Offered,
    /// Its pack is not in this build.
    NotLinked,
    /// Its pack is off.
    PackOff,
    /// A profile chose others of its pack, or took it out.
    PartOff,
    /// `tools` does not name it.
    NotNamed,
    /// `exclude_tools` names it.
    Denied,
    /// `delete_mode` hides it.
    DeleteMode,
    /// `read_only` hides it.
    ReadOnly,
    /// A session has to switch its pack on.
    Later,
    /// `max_tool_tokens` has no room for it.
    Budget,
}

impl Why {
    /// The word that JSON has for it.
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

    /// It in words, with what brings the tool in.
    pub fn sentence(self, Entry { pack, tool, .. }: &Entry) -> String {
        match self {
            Self::Offered => "offered".into(),
            Self::NotLinked => not_linked(pack),
            Self::PackOff => {
                format!("pack {pack} is off: add {pack} to packs (--packs, INTERVALS_ICU_PACKS or config.toml)")
            }
            Self::PartOff => format!("only a part of pack {pack} is on: add {pack} to packs"),
            Self::NotNamed => "tools names others only".into(),
            Self::Denied => "exclude_tools names it".into(),
            Self::DeleteMode if tool.delete == Some(Delete::Forever) => {
                "it deletes for good: delete_mode = full".into()
            }
            Self::DeleteMode => "it deletes: delete_mode = safe or full".into(),
            Self::ReadOnly => "read_only leaves in what reads".into(),
            Self::Later => format!("a session has to switch pack {pack} on, or call it through another tool"),
            Self::Budget => "max_tool_tokens has no room for it".into(),
        }
    }
}

/// Of a tool whose pack is not in this build.
pub fn not_linked(pack: &str) -> String {
    format!("pack {pack} is not in this build: build it with --features {pack}")
}
