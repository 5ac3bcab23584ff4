//! Verifies signatures of tokens with ring (RFC 7518 §3.3 to §3.5, RFC 8037 §3.1).
use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    errors::{ErrorKind, Result},
    signature,
};
use ring::signature::*;

/// Verifies only: this server issues no tokens.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes ring the provider of `jsonwebtoken`. Calling it again has no effect.
pub(super) fn install() {
    let _ = PROVIDER.install_default();
}

enum VerificationMethod {
    Rsa(&'static RsaParameters),
    Other(&'static dyn VerificationAlgorithm),
}

struct RingVerifier {
    algorithm: Algorithm,
    method: VerificationMethod,
    key: DecodingKey,
}

/// The verifier of an algorithm. HMAC is not supported: a shared secret verifies nothing here.
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let method = match algorithm {
        Algorithm::RS256 => VerificationMethod::Rsa(&RSA_PKCS1_2048_8192_SHA256),
        Algorithm::RS384 => VerificationMethod::Rsa(&RSA_PKCS1_2048_8192_SHA384),
        Algorithm::RS512 => VerificationMethod::Rsa(&RSA_PKCS1_2048_8192_SHA512),
        Algorithm::PS256 => VerificationMethod::Rsa(&RSA_PSS_2048_8192_SHA256),
        Algorithm::PS384 => VerificationMethod::Rsa(&RSA_PSS_2048_8192_SHA384),
        Algorithm::PS512 => VerificationMethod::Rsa(&RSA_PSS_2048_8192_SHA512),
        Algorithm::ES256 => VerificationMethod::Other(&ECDSA_P256_SHA256_FIXED),
        Algorithm::ES384 => VerificationMethod::Other(&ECDSA_P384_SHA384_FIXED),
        Algorithm::EdDSA => VerificationMethod::Other(&ED25519),
        _ => return Err(ErrorKind::UnsupportedAlgorithm.into()),
    };
    Ok(Box::new(RingVerifier { algorithm: *algorithm, method, key: key.clone() }))
}

impl signature::Verifier<Vec<u8>> for RingVerifier {
    fn verify(&self, message: &[u8], signed: &Vec<u8>) -> std::result::Result<(), signature::Error> {
        let checked = match (&self.method, self.key.kind()) {
            (VerificationMethod::Rsa(method), DecodingKeyKind::RsaModulusExponent { n, e }) => {
                RsaPublicKeyComponents { n, e }.verify(method, message, signed)
            }
            (VerificationMethod::Other(method), DecodingKeyKind::SecretOrDer(key)) => {
                UnparsedPublicKey::new(*method, key).verify(message, signed)
            }
            _ => Err(ring::error::Unspecified),
        };
        checked.map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for RingVerifier {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}
