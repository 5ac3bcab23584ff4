//! Who may call, and whose data they reach.
use std::{io::Write, sync::Arc};

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use intervals_core::{Settings, client::Service};
use intervals_mcp::{Admission, Hub};
use intervals_settings::{Config, Fault, Sources, config::LogFormat};

use crate::{
    accounts::{Account, Accounts, NOT_OFFERED},
    address::address,
    auth::{Authenticator, Identity},
    peer::{Peer, neighbourhood},
    refused::refused,
    sessions::Requester,
};

/// Who may call, and whose data they reach: another one takes its place when the configuration changes.
pub struct Access {
    /// What is offered behind it.
    hub: Arc<Hub>,
    /// Who may call.
    pub authenticator: Authenticator,
    /// Whose data.
    pub accounts: Accounts,
    /// The settings of callers who bring their own account: the operator's, but for what is the operator's own.
    brought_settings: Arc<Settings>,
}

impl Access {
    /// Lets callers of this authenticator reach these accounts and what the hub offers.
    pub fn new(authenticator: Authenticator, accounts: Accounts, hub: Arc<Hub>) -> Self {
        let settings = &hub.operator().settings;
        let brought_settings = match &accounts {
            Accounts::Own => settings.clone(),
            // The operator's time zone and their folder are not those of other people.
            Accounts::Brought(_) => {
                let mut settings = Settings::clone(settings);
                (settings.timezone, settings.download_dir) = (None, None);
                settings.into()
            }
        };
        Self { hub, authenticator, accounts, brought_settings }
    }

    fn admission(&self, identity: &Identity, account: Option<&Account>, who: &str) -> Admission {
        let operator = self.hub.operator();
        // Where nobody has to say who they are, the log tells them apart by address.
        let name = match self.authenticator.is_open() {
            true => format!("{}@{who}", identity.name).into(),
            false => identity.name.clone(),
        };
        let (name, client, settings) = match account {
            None => (name, &operator.client, &operator.settings),
            Some(account) => {
                let mark = account.fingerprint.get(..8).unwrap_or("no-key");
                (format!("{name}/{mark}").into(), &account.client, &self.brought_settings)
            }
        };
        let client = match &identity.athletes {
            Some(athletes) => client.clone().restricted_to(athletes.iter().cloned()),
            None => client.clone(),
        };
        Admission { name, view: identity.view.clone(), client, settings: settings.clone() }
            .seeing(identity.view.clone())
    }

    /// Who sends a request with this head, as it comes from `peer`.
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
        // Those who need not say who they are share by address.
        let who: Arc<str> = match peer {
            // Behind a proxy they all come from one address: there their key tells them apart.
            Some(peer) if self.authenticator.is_open() => {
                format!("{} {}", neighbourhood(peer.remote.ip()), fingerprint.get(..16).unwrap_or_default())
                    .trim_end()
                    .into()
            }
            _ => identity.name.clone(),
        };
        let admission = self.admission(&identity, account.as_ref(), &who);
        Ok((identity, Requester { owner, who, refused: Arc::default() }, admission))
    }
}

fn reason(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::FORBIDDEN => "scope",
        // The issuer's keys could not be had.
        _ => "issuer",
    }
}

/// Who may call, and whose data they reach. Fails on what would be reachable by others without a proof who they are.
pub fn access(config: &Config, sources: &Sources, hub: &Arc<Hub>, service: &Service) -> Result<Access, Fault> {
    let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
    let ip = address(config, sources)?;
    let authenticator = Authenticator::new(config, sources, hub.catalog(), hub.ceiling())?;
    // A tunnel or proxy ends on this machine: then it is the name that shows that others come this way.
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
                          --allow-unauthenticated if something else decides who gets here.";
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
            // Whoever started this may not be listening any more.
            LogFormat::Text => _ = writeln!(std::io::stderr(), "WARNING: {warning} (allow_unauthenticated)"),
        }
    }
    let accounts = match config.caller_credentials {
        true => Accounts::brought(service.clone(), config.restricted_to()),
        false => Accounts::Own,
    };
    Ok(Access::new(authenticator, accounts, hub.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_reach_needs_a_token_whenever_the_configuration_is_read() {
        use intervals_core::client::{Credential, Options};

        use intervals_catalog::{Catalog, Selection};

        let service = Service::new(Options::at("http://127.0.0.1:9")).unwrap();
        let account = service.account(Credential::None, None);
        let catalog = Catalog::linked().unwrap();
        let hub = Hub::new(catalog, &Selection::default(), Default::default(), account, true).unwrap().into();
        let outside = Config { host: "0.0.0.0".into(), ..Config::default() };
        let token = serde_json::from_value("0123456789abcdef".into()).ok();
        let told = |config: &Config| access(config, &Sources::default(), &hub, &service);
        assert!(!told(&Config { http_token: token, ..outside.clone() }).ok().unwrap().authenticator.is_open());
        assert!(told(&outside).err().unwrap().to_string().starts_with("host (default): others can reach 0.0.0.0"));
        assert!(told(&Config { allow_unauthenticated: true, ..outside }).is_ok());
    }
}
