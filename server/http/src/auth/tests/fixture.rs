//! An issuer on this machine with a key of each kind, and the tokens that it signs, valid or not.
use std::time::{SystemTime, UNIX_EPOCH};

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use ring::{hmac, rand::SystemRandom, signature::*};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

/// The audience of its tokens.
pub const AUDIENCE: &str = "https://mcp.example.org/mcp";

/// Private keys that sign tokens.
pub struct Keys {
    rsa: RsaKeyPair,
    p256: EcdsaKeyPair,
    p384: EcdsaKeyPair,
    ed: Ed25519KeyPair,
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

impl Keys {
    /// New keys, and a fixed RSA key, since ring generates none.
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let ecdsa = |method| {
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(method, &random).unwrap();
            EcdsaKeyPair::from_pkcs8(method, pkcs8.as_ref(), &random).unwrap()
        };
        let pem = include_str!("rsa-test-key.pem");
        let body: String = pem.lines().skip(2).take_while(|line| !line.starts_with('-')).collect();
        Self {
            rsa: RsaKeyPair::from_pkcs8(&BASE64_STANDARD.decode(body).unwrap()).unwrap(),
            p256: ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING),
            p384: ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING),
            ed: Ed25519KeyPair::from_pkcs8(Ed25519KeyPair::generate_pkcs8(&random).unwrap().as_ref()).unwrap(),
        }
    }

    /// The set of their public keys, with other keys that cannot verify signatures here.
    pub fn set(&self) -> Value {
        let rsa = RsaPublicKeyComponents::<Vec<u8>>::from(self.rsa.public());
        let (n, e) = (encode(rsa.n), encode(rsa.e));
        let ec = |kid: &str, crv: &str, key: &EcdsaKeyPair| {
            let point = &key.public_key().as_ref()[1..];
            let (x, y) = point.split_at(point.len() / 2);
            json!({"kty": "EC", "kid": kid, "crv": crv, "x": encode(x), "y": encode(y), "use": "sig"})
        };
        json!({"keys": [
            {"kty": "RSA", "kid": "rsa", "n": n, "e": e, "key_ops": ["verify"]},
            {"kty": "RSA", "kid": "rsa-512", "n": n, "e": e, "alg": "RS512"},
            {"kty": "RSA", "kid": "rsa-enc", "n": n, "e": e, "use": "enc"},
            {"kty": "RSA", "kid": "rsa-wrap", "n": n, "e": e, "key_ops": ["wrapKey"]},
            ec("p256", "P-256", &self.p256),
            ec("p384", "P-384", &self.p384),
            {"kty": "OKP", "kid": "ed", "crv": "Ed25519", "x": encode(self.ed.public_key())},
            {"kty": "oct", "kid": "secret", "k": encode("secret")},
            {"kty": "EC", "kid": "k1", "crv": "secp256k1", "x": "AA", "y": "AA"},
            {"kid": "broken"},
        ]})
    }

    /// A token, signed with the algorithm in its header.
    pub fn token(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = self.signature(header["alg"].as_str().unwrap(), message.as_bytes());
        format!("{message}.{}", encode(signature))
    }

    fn signature(&self, algorithm: &str, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        let rsa = |method| {
            let mut signature = vec![0; self.rsa.public().modulus_len()];
            self.rsa.sign(method, &random, message, &mut signature).unwrap();
            signature
        };
        match algorithm {
            "RS256" => rsa(&RSA_PKCS1_SHA256),
            "RS384" => rsa(&RSA_PKCS1_SHA384),
            "RS512" => rsa(&RSA_PKCS1_SHA512),
            "PS256" => rsa(&RSA_PSS_SHA256),
            "PS384" => rsa(&RSA_PSS_SHA384),
            "PS512" => rsa(&RSA_PSS_SHA512),
            "ES256" => self.p256.sign(&random, message).unwrap().as_ref().into(),
            "ES384" => self.p384.sign(&random, message).unwrap().as_ref().into(),
            "EdDSA" => self.ed.sign(message).as_ref().into(),
            // The classic attack: the public key used as a shared secret.
            "HS256" => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, self.rsa.public().as_ref());
                hmac::sign(&key, message).as_ref().into()
            }
            _ => vec![],
        }
    }
}

/// An issuer that publishes its metadata and keys.
pub struct Issuer {
    pub server: MockServer,
    pub keys: Keys,
}

impl Issuer {
    pub async fn start() -> Self {
        let issuer = Self { server: MockServer::start().await, keys: Keys::new() };
        issuer.publishes(&issuer.keys).await;
        issuer
    }

    /// Publishes these keys instead of the ones before.
    pub async fn publishes(&self, keys: &Keys) {
        self.answers_keys(ResponseTemplate::new(200).set_body_json(keys.set())).await;
    }

    pub async fn answers_keys(&self, keys: ResponseTemplate) {
        self.server.reset().await;
        let metadata = json!({"issuer": self.url(), "jwks_uri": format!("{}/keys", self.url())});
        let at = |place| Mock::given(method("GET")).and(path(place));
        let metadata = ResponseTemplate::new(200).set_body_json(metadata);
        at("/.well-known/oauth-authorization-server").respond_with(metadata).mount(&self.server).await;
        at("/keys").respond_with(keys).mount(&self.server).await;
    }

    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// The number of fetches since the keys were published.
    pub async fn fetches(&self) -> usize {
        self.server.received_requests().await.unwrap().iter().filter(|request| request.url.path() == "/keys").count()
    }

    /// A valid token with these changes; null removes a member.
    pub fn token(&self, header: Value, claims: Value) -> String {
        let usual = json!({"alg": "RS256", "kid": "rsa", "typ": "at+jwt"});
        let message = json!({"iss": self.url(), "sub": "user|7", "aud": AUDIENCE, "iat": now(), "exp": now() + 300,
            "scope": "openid intervals:read"});
        self.keys.token(&changed(usual, header), &changed(message, claims))
    }
}

fn changed(mut usual: Value, changes: Value) -> Value {
    let fields = usual.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            fields.remove(key);
        } else {
            fields.insert(key.clone(), value.clone());
        }
    }
    usual
}
