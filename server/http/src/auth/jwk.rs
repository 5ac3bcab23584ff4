//! A public key of an issuer (RFC 7517), and the algorithms it may be used with.
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use serde_json::Value;

/// A public key that verifies signatures.
pub(super) struct Key {
    id: Option<String>,
    algorithms: &'static [Algorithm],
    /// The only allowed algorithm, if the issuer names one.
    only: Option<KeyAlgorithm>,
    /// The key itself.
    pub key: DecodingKey,
}

const RSA: &[Algorithm] =
    &[Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512];

impl Key {
    /// Reads a key of a JSON Web Key Set. `None` if it cannot verify signatures here: another kind, a key for encryption, or a shared
    /// secret.
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

    /// Whether a token whose header has this key id and algorithm may be signed with this key. A token without a key id may be signed
    /// with any key.
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
    fn a_key_fits_the_algorithms_of_its_kind(#[case] id: &str, #[case] expected: &[Algorithm]) {
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
