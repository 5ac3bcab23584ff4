//! Authentication: HTTP Basic with the personal key, or a bearer token.
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Caller;
use crate::{failure::Failure, person::PEOPLE};

/// Middleware that authenticates a request and adds its [`Caller`].
pub async fn authenticate(mut request: Request, next: Next) -> Response {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match caller(header.unwrap_or_default()) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(failure) => failure.into_response(),
    }
}

fn caller(header: &str) -> Result<Caller, Failure> {
    let (scheme, credential) = header.split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") {
        if PEOPLE.iter().any(|person| person.key == credential) {
            return Err(Failure::denied());
        }
        let person = PEOPLE.iter().find(|person| person.token == Some(credential));
        return person.map(|person| Caller { person, bearer: true }).ok_or_else(Failure::unauthorized);
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(Failure::unauthorized());
    }
    let broken = || Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "Illegal base64 character");
    let pair = decode(credential.trim()).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(broken)?;
    let key = pair.strip_prefix("API_KEY:").unwrap_or_default();
    let person = PEOPLE.iter().find(|person| person.key == key);
    person.map(|person| Caller { person, bearer: false }).ok_or_else(Failure::unauthorized)
}

/// Decodes Base64 with the standard alphabet (RFC 4648).
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ATHLETE, COACHED};
    use rstest::rstest;

    #[rstest]
    #[case::key("Basic QVBJX0tFWTpkZW1v", ATHLETE)]
    #[case::other_key("basic QVBJX0tFWTpkZW1vLWNvYWNoZWQ=", COACHED)]
    #[case::token("Bearer demo-token", ATHLETE)]
    fn a_credential_names_its_owner(#[case] header: &str, #[case] id: &str) {
        assert_eq!(caller(header).unwrap().person.id, id);
    }

    #[rstest]
    #[case::none("", 401)]
    #[case::unknown_key("Basic QVBJX0tFWTpub3BlCg==", 401)]
    #[case::other_user("Basic ZGVtbzpkZW1v", 401)]
    #[case::not_base64("Basic ?", 500)]
    #[case::key_as_token("Bearer demo", 403)]
    #[case::unknown_token("Bearer nope", 401)]
    fn other_credentials_are_refused(#[case] header: &str, #[case] status: u16) {
        assert_eq!(caller(header).unwrap_err().status.as_u16(), status);
    }
}
