//! The credential of an account.
use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, SecretString};

/// The credential that requests are sent with. It cannot be printed.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Credential {
    /// No credential: every request fails with [`ClientError::NoCredentials`](crate::ClientError::NoCredentials).
    #[default]
    None,
    /// A personal API key, sent as HTTP Basic.
    ApiKey(SecretString),
    /// An OAuth access token, sent as a bearer token.
    AccessToken(SecretString),
}

/// The service's athlete id for the owner of the credential.
pub const OWNER: &str = "0";

impl Credential {
    /// Redacts the secret in a text of the service, both plain and as it was sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        match self {
            Self::ApiKey(key) if !key.expose_secret().is_empty() => {
                let sent = BASE64_STANDARD.encode(format!("API_KEY:{}", key.expose_secret()));
                text.replace(key.expose_secret(), "***").replace(sent.trim_end_matches('='), "***")
            }
            Self::AccessToken(token) if !token.expose_secret().is_empty() => text.replace(token.expose_secret(), "***"),
            _ => text.into(),
        }
    }
}
