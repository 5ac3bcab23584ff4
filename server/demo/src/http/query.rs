//! Query parameters: text, lists, dates and numbers.
use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::civil::{Date, DateTime};

use super::Shared;
use crate::{dates::plain_date, failure::Failure};

/// Decoded parameters in the order they were sent.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes a raw query string.
    pub fn parse(raw: &str) -> Vec<(String, String)> {
        let pairs = raw.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (decode(key), decode(value)))
            .collect()
    }

    /// First value of a parameter. An empty one counts as missing.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Value of a required parameter.
    ///
    /// # Errors
    /// 422 that names the parameter if it is missing.
    pub fn required(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| Failure::rejected(format!("Required request parameter '{name}' is not present")))
    }

    /// Comma-separated values of a parameter, which may be repeated.
    pub fn list(&self, name: &str) -> Option<Vec<String>> {
        let sent: Vec<&str> = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect();
        let split = |value: &&str| value.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        let values: Vec<String> = sent.iter().flat_map(split).filter(|part| !part.is_empty()).collect();
        (!values.is_empty()).then_some(values)
    }

    /// Value as an integer.
    ///
    /// # Errors
    /// 422 for any other value.
    pub fn number(&self, name: &str) -> Result<Option<usize>, Failure> {
        let read = |value: &str| value.parse().map_err(|_| wrong(name, value));
        self.get(name).map(read).transpose()
    }

    /// Value as a boolean.
    ///
    /// # Errors
    /// 422 for anything but `true` and `false`.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Failure> {
        match self.get(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(value) => Err(wrong(name, value)),
        }
    }

    /// Value as a local date, also of a local time.
    ///
    /// # Errors
    /// 422 for any other value.
    pub fn date(&self, name: &str) -> Result<Option<Date>, Failure> {
        Ok(self.time(name, 0)?.map(DateTime::date))
    }

    /// Value as a local time. A date means this hour of the day; hour 24 is its last second.
    ///
    /// # Errors
    /// 422 for any other value.
    pub fn time(&self, name: &str, hour: i8) -> Result<Option<DateTime>, Failure> {
        let Some(value) = self.get(name) else { return Ok(None) };
        if let Ok(date) = plain_date(value) {
            return Ok(Some(if hour == 24 { date.at(23, 59, 59, 0) } else { date.at(hour, 0, 0, 0) }));
        }
        value.parse().map(Some).map_err(|_| wrong(name, value))
    }
}

impl FromRequestParts<Shared> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Infallible> {
        Ok(Self(Self::parse(parts.uri.query().unwrap_or_default())))
    }
}

fn wrong(name: &str, value: &str) -> Failure {
    Failure::rejected(format!("Failed to convert '{name}' with value: '{value}'"))
}

/// Decodes percent encoding. Invalid sequences stay as they are.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("a+b%20c", "a b c")]
    #[case("%C5%8C", "Ō")]
    #[case("100%", "100%")]
    #[case("%zz%2", "%zz%2")]
    fn text_is_decoded(#[case] sent: &str, #[case] text: &str) {
        assert_eq!(decode(sent), text);
    }

    #[test]
    fn lists_are_joined_and_split() {
        let query = Query(Query::parse("types=a,b&types=c&x="));
        assert_eq!(query.list("types").unwrap(), ["a", "b", "c"]);
        assert_eq!(query.list("x"), None);
        assert_eq!(query.required("x").unwrap_err().message, "Required request parameter 'x' is not present");
    }
}
