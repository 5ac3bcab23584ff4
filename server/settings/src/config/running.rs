//! What a running server cannot take over from a configuration that changed.
use secrecy::ExposeSecret;
use serde::Serialize;

use super::Config;
use crate::values::Secret;

macro_rules! keep {
    ($($equal:ident: $($key:ident)*;)*) => {
        impl Config {
            /// The keys that only a restart can change: those of what is opened once, which are the account, the connections to the
            /// service, the listener and the log. All others hold as soon as they are read.
            pub const NEEDS_RESTART: &[&str] = &[$($(stringify!($key)),*),*];

            /// Sets those keys back to what is `running`, and names the ones that differ.
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
    /// Whether all keys but secrets have the same values.
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
    fn what_needs_a_restart_is_named_and_the_rest_holds() {
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
