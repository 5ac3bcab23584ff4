//! The access rules: who may call, and whose data each caller reaches.
use std::{io::Write, sync::Arc};

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use intervals_core::{Settings, client::Service};
use intervals_mcp::{Admission, Hub};
use intervals_settings::{Config, Fault, Sources, config::LogFormat};

use crate::{
    accounts::{Accounts, CallerAccount, NOT_OFFERED},
    address::address,
    auth::{Authenticator, Identity},
    peer::{Peer, client_network},
    refused::refused,
    sessions::Requester,
};

/// The access rules. A configuration change replaces them.
pub struct Access {
    /// The hub that callers reach.
    hub: Arc<Hub>,
    /// Decides who may call.
    pub authenticator: Authenticator,
    /// Decides whose data a caller reaches.
    pub accounts: Accounts,
    /// The settings of callers: the operator's, without those that concern only the operator's own account.
    caller_settings: Arc<Settings>,
}

impl Access {
    /// Lets the callers that the authenticator accepts reach these accounts through the hub.
    pub fn new(authenticator: Authenticator, accounts: Accounts, hub: Arc<Hub>) -> Self {
        let settings = &hub.operator().settings;
        let caller_settings = match &accounts {
            Accounts::Server => settings.clone(),
            // The operator's time zone and download folder do not apply to other people.
            Accounts::Callers(_) => {
                let mut settings = Settings::clone(settings);
                (settings.timezone, settings.download_dir) = (None, None);
                settings.into()
            }
        };
        Self { hub, authenticator, accounts, caller_settings }
    }

    /// Takes over the keys of the issuer that `before` has fetched, if the issuer is the same.
    pub fn after(self, before: &Self) -> Self {
        Self { authenticator: self.authenticator.after(&before.authenticator), ..self }
    }

    /// What the caller may see and reach.
    fn admission(&self, identity: &Identity, account: Option<&CallerAccount>, quota_key: &str) -> Admission {
        let operator = self.hub.operator();
        // Without authentication the log distinguishes callers by address.
        let name = match self.authenticator.is_open() {
            true => format!("{}@{quota_key}", identity.name).into(),
            false => identity.name.clone(),
        };
        let (name, client, settings) = match account {
            None => (name, &operator.client, &operator.settings),
            Some(account) => {
                let mark = account.fingerprint.get(..8).unwrap_or("no-key");
                (format!("{name}/{mark}").into(), &account.client, &self.caller_settings)
            }
        };
        let client = match &identity.athletes {
            Some(athletes) => client.clone().restricted_to(athletes.iter().cloned()),
            None => client.clone(),
        };
        Admission { name, view: identity.view.clone(), client, settings: settings.clone() }
            .seeing(identity.view.clone())
    }

    /// Authenticates a request with these headers from `peer`. Returns the caller's identity, the requester of sessions, and what
    /// the caller may see and reach.
    pub async fn admit(
        &self,
        headers: &HeaderMap,
        peer: Option<&Peer>,
        metadata_url: &str,
    ) -> Result<(Identity, Requester, Admission), Response> {
        let identity = match self.authenticator.admit(headers, metadata_url).await {
            Ok(identity) => identity,
            Err(refusal) => return Err(refused(reason(refusal.status()), refusal)),
        };
        let account = self.accounts.of(headers).map_err(|refusal| refused("credentials", refusal))?;
        let named = account.as_ref().and_then(|account| account.athlete.as_ref());
        if let (Some(athlete), Some(offered)) = (named, &identity.athletes)
            && !offered.contains(athlete)
        {
            return Err(refused("credentials", NOT_OFFERED));
        }
        let fingerprint = account.as_ref().map_or("", |account| &account.fingerprint);
        let owner: Arc<str> = format!("{}\n{fingerprint}", identity.name).into();
        // Without authentication callers share quotas by address.
        let quota_key: Arc<str> = match peer {
            // Behind a proxy all have the same address, so their key distinguishes them too.
            Some(peer) if self.authenticator.is_open() => {
                format!("{} {}", client_network(peer.remote.ip()), fingerprint.get(..16).unwrap_or_default())
                    .trim_end()
                    .into()
            }
            _ => identity.name.clone(),
        };
        let admission = self.admission(&identity, account.as_ref(), &quota_key);
        Ok((identity, Requester { owner, quota_key, refused: Arc::default() }, admission))
    }
}

/// The label of a refusal in log and metrics.
fn reason(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::FORBIDDEN => "scope",
        // The issuer's keys could not be fetched.
        _ => "issuer",
    }
}

/// Builds the access rules from the configuration. Fails if others could reach the server without authentication, unless
/// `allow_unauthenticated` is set.
pub fn access(config: &Config, sources: &Sources, hub: &Arc<Hub>, service: &Service) -> Result<Access, Fault> {
    let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
    let ip = address(config, sources)?;
    let authenticator = Authenticator::new(config, sources, hub.catalog(), hub.ceiling())?;
    // A tunnel or proxy connects from this machine: then a public name shows that others can reach the server.
    let exposed = match (ip.is_loopback(), config.public_url.as_ref(), config.allowed_hosts.0.first()) {
        (false, ..) => Some(("host", &config.host)),
        (true, Some(url), _) => Some(("public_url", url)),
        (true, None, Some(name)) => Some(("allowed_hosts", name)),
        (true, None, None) => None,
    };
    if let Some((key, place)) = exposed.filter(|_| authenticator.is_open()) {
        if !config.allow_unauthenticated {
            let problem = format!("others can reach {place}, and anybody may call");
            let remedy = "Set INTERVALS_ICU_HTTP_TOKEN (or http_tokens or oauth in config.toml), or listen on 127.0.0.1; \
                          --allow-unauthenticated if something else restricts who can connect.";
            return Err(fault(key, problem, remedy));
        }
        let whose = if config.caller_credentials {
            "it"
        } else {
            "the server's own account, with its health data and calendar,"
        };
        let warning = format!("anybody who reaches {place} can use {whose} without proving who they are");
        match config.log_format {
            LogFormat::Json => tracing::error!(key = "allow_unauthenticated", "{warning}"),
            // The process that started the server may have closed stderr, and `eprintln!` would panic.
            LogFormat::Text => _ = writeln!(std::io::stderr(), "WARNING: {warning} (allow_unauthenticated)"),
        }
    }
    let accounts = match config.caller_credentials {
        true => Accounts::of_callers(service.clone(), config.restricted_to()),
        false => Accounts::Server,
    };
    Ok(Access::new(authenticator, accounts, hub.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_others_reach_needs_a_token() {
        use intervals_core::client::{Credential, Options};

        use intervals_catalog::{Catalog, Selection};

        let service = Service::new(Options::at("http://127.0.0.1:9")).unwrap();
        let account = service.account(Credential::None, None);
        let catalog = Catalog::linked().unwrap();
        let hub = Hub::new(catalog, &Selection::default(), Default::default(), account, true).unwrap().into();
        let outside = Config { host: "0.0.0.0".into(), ..Config::default() };
        let token = serde_json::from_value("0123456789abcdef".into()).ok();
        let access_of = |config: &Config| access(config, &Sources::default(), &hub, &service);
        assert!(!access_of(&Config { http_token: token, ..outside.clone() }).ok().unwrap().authenticator.is_open());
        assert!(access_of(&outside).err().unwrap().to_string().starts_with("host (default): others can reach 0.0.0.0"));
        assert!(access_of(&Config { allow_unauthenticated: true, ..outside }).is_ok());
    }
}
