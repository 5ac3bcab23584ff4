//! Keys that need a restart: a running server keeps their values when the configuration changes.
use secrecy::ExposeSecret;
use serde::Serialize;

use super::Config;
use crate::values::Secret;

macro_rules! keep {
    ($($equal:ident: $($key:ident)*;)*) => {
        impl Config {
            /// Keys that need a restart, because the server opens once what they configure: the account, the connections to the
            /// service, the listener and the log. All other keys apply as soon as the configuration is read.
            pub const NEEDS_RESTART: &[&str] = &[$($(stringify!($key)),*),*];

            /// Sets the keys that need a restart to their `running` values. Returns the names of those that differed.
            pub fn keep_restart_keys(&mut self, running: &Self) -> Vec<&'static str> {
                let mut changed = vec![];
                $($(
                    if !$equal(&self.$key, &running.$key) {
                        changed.push(stringify!($key));
                        self.$key = running.$key.clone();
                    }
                )*)*
                changed
            }
        }
    };
}

keep! {
    equal_secret: api_key access_token redis_url;
    equal: athlete_id base_url rate burst ca_file cache transport host port path allowed_hosts allowed_origins public_url
        caller_credentials stateless limits log log_format;
}

impl Config {
    /// Whether all keys have the same values. Secrets are not compared.
    pub fn equals_but_secrets(&self, other: &Self) -> bool {
        equal(self, other) && self.narrowing == other.narrowing
    }
}

fn equal<T: Serialize>(one: &T, other: &T) -> bool {
    serde_json::to_value(one).ok() == serde_json::to_value(other).ok()
}

fn equal_secret(one: &Option<Secret>, other: &Option<Secret>) -> bool {
    let reveal = |secret: &Option<Secret>| secret.as_ref().and_then(Secret::reveal);
    match (reveal(one), reveal(other)) {
        (Some(one), Some(other)) => one.expose_secret() == other.expose_secret(),
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Limits, values::Words};

    #[test]
    fn keys_that_need_a_restart_are_named_and_the_others_apply() {
        let secret = |text: &str| serde_json::from_value(text.into()).ok();
        let running = Config { api_key: secret("one"), ..Config::default() };
        let mut changed = Config {
            api_key: secret("two"),
            port: 1,
            limits: Limits { body: 1, ..Limits::default() },
            packs: Words::of(["gear"]),
            ..Config::default()
        };
        assert_eq!(changed.keep_restart_keys(&running), ["api_key", "port", "limits"]);
        assert_eq!((changed.port, changed.limits.body, &changed.packs), (8000, 4 << 20, &Words::of(["gear"])));
        assert!(equal_secret(&changed.api_key, &secret("one")));
        assert!(changed.keep_restart_keys(&running).is_empty());
    }
}
