//! One public key of an issuer's (RFC 7517), and what it may have signed.
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use serde_json::Value;

/// A key that verifies.
pub(super) struct Key {
    id: Option<String>,
    algorithms: &'static [Algorithm],
    /// The only one of them, when the issuer says so.
    only: Option<KeyAlgorithm>,
    /// The key itself.
    pub key: DecodingKey,
}

const RSA: &[Algorithm] =
    &[Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512];

impl Key {
    /// None for what is no key for us: of another kind, for encryption, or a shared secret.
    pub fn of(jwk: &Value) -> Option<Self> {
        let jwk: Jwk = serde_json::from_value(jwk.clone()).ok()?;
        let algorithms: &[Algorithm] = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => RSA,
            AlgorithmParameters::EllipticCurve(key) => match key.curve {
                EllipticCurve::P256 => &[Algorithm::ES256],
                EllipticCurve::P384 => &[Algorithm::ES384],
                _ => return None,
            },
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => &[Algorithm::EdDSA],
            _ => return None,
        };
        let common = &jwk.common;
        let signs = common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
        let verifies = common.key_operations.as_ref().is_none_or(|all| all.contains(&KeyOperations::Verify));
        if !signs || !verifies {
            return None;
        }
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        Some(Self { id: jwk.common.key_id, algorithms, only: jwk.common.key_algorithm, key })
    }

    /// Whether a token with this header may be signed with it. One that names no key may be signed with any.
    pub fn fits(&self, id: Option<&str>, algorithm: Algorithm) -> bool {
        (id.is_none() || self.id.as_deref() == id)
            && self.algorithms.contains(&algorithm)
            && self.only.is_none_or(|only| only == algorithm.into())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::auth::tests::fixture::Keys;

    #[rstest]
    #[case("rsa", RSA)]
    #[case("rsa-512", &[Algorithm::RS512])]
    #[case("p256", &[Algorithm::ES256])]
    #[case("p384", &[Algorithm::ES384])]
    #[case("ed", &[Algorithm::EdDSA])]
    fn a_key_fits_what_its_kind_can_sign(#[case] id: &str, #[case] expected: &[Algorithm]) {
        let set = Keys::new().set();
        let jwk = set["keys"].as_array().unwrap().iter().find(|key| key["kid"] == id).unwrap();
        let key = Key::of(jwk).unwrap();
        let others = [Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA];
        let secrets = [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];
        for algorithm in RSA.iter().chain(&others).chain(&secrets) {
            let fits = expected.contains(algorithm);
            assert_eq!(key.fits(Some(id), *algorithm), fits, "{algorithm:?}");
            assert_eq!(key.fits(None, *algorithm), fits, "{algorithm:?}");
            assert!(!key.fits(Some("other"), *algorithm));
        }
    }
}
