//! Who may call, and whose data they reach.
use std::sync::Arc;

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use intervals_core::Settings;
use intervals_mcp::{Admission, Hub};

use crate::{
    accounts::{Account, Accounts, NOT_OFFERED},
    auth::{Authenticator, Identity},
    peer::{Peer, neighbourhood},
    refused::refused,
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
    ) -> Result<Admitted, Response> {
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
        Ok(Admitted { identity, owner, who, admission })
    }
}

/// Who sends a request.
pub struct Admitted {
    /// As the authenticator knows them.
    pub identity: Identity,
    /// Whose sessions they may use.
    pub owner: Arc<str>,
    /// With whom they share the limits.
    pub who: Arc<str>,
    /// What they may see and reach.
    pub admission: Admission,
}

fn reason(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::FORBIDDEN => "scope",
        // The issuer's keys could not be had.
        _ => "issuer",
    }
}
