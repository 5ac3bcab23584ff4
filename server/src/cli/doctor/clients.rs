//! Checks whether the clients whose files were found start this server.
use intervals_install::{ClientStatus, Scope};

use super::Check;

/// One check for each client.
pub fn check(found: &[ClientStatus]) -> Vec<Check> {
    let line = |found: &ClientStatus| {
        let (name, place) = (found.client.name, format!("{} ({})", found.client.title, found.file.display()));
        let scope = if found.scope == Scope::Project { " --scope project" } else { "" };
        let remedy = format!("Run `intervals-icu-mcp install {name}{scope}`.");
        match (&found.problem, found.entry) {
            (Some(problem), _) => Check::warn("clients", format!("{place}: {problem}"), Some("Correct the file.")),
            (None, Some(true)) if found.off => {
                let remedy = format!("Switch it on in {}.", found.client.title);
                Check::warn("clients", format!("{place} has this server switched off"), Some(&remedy))
            }
            (None, Some(true)) => Check::pass("clients", format!("{place} starts this server")),
            (None, Some(false)) => {
                let remedy = format!("{remedy} Or leave it as it is, if that is intended.");
                Check::warn("clients", format!("{place} starts another server under this name"), Some(&remedy))
            }
            (None, None) => {
                Check::pass("clients", format!("{place} has no entry for this server, which is fine if none is wanted"))
            }
        }
    };
    found.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use intervals_install::Client;

    use super::*;
    use crate::cli::doctor::Status;

    #[test]
    fn a_client_starts_this_server_or_another_or_none() {
        let found = |entry, problem: Option<&str>| ClientStatus {
            client: Client::named("cursor").unwrap(),
            scope: Scope::User,
            file: "/home/a/mcp.json".into(),
            entry,
            off: false,
            problem: problem.map(Into::into),
        };
        let checks =
            check(&[found(Some(true), None), found(Some(false), None), found(None, None), found(None, Some("line 1"))]);
        let statuses: Vec<_> = checks.iter().map(|check| check.status).collect();
        assert_eq!(statuses, [Status::Pass, Status::Warn, Status::Pass, Status::Warn]);
        assert!(checks[1].remedy.as_ref().unwrap().contains("install cursor"));
        let off = check(&[ClientStatus { off: true, ..found(Some(true), None) }]);
        assert!(off[0].status == Status::Warn && off[0].detail.contains("switched off"));
        assert!(checks.iter().all(|check| check.detail.contains("/home/a/mcp.json")));
    }
}
