//! Matches URIs of resources against templates, and reads their variables.
use percent_encoding::percent_decode_str;

use crate::{Error, JsonMap, Result};

/// The variables of `uri` if it matches `template` (RFC 6570, level 1, each variable a whole segment). Ignores the query.
pub fn matched(template: &str, uri: &str) -> Option<JsonMap> {
    let uri = uri.split_once('?').map_or(uri, |(path, _)| path);
    let (mut expected, mut given) = (template.split('/'), uri.split('/'));
    let mut variables = JsonMap::new();
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return Some(variables),
            (Some(expected), Some(given)) => match variable(expected) {
                Some(name) => {
                    let value = percent_decode_str(given).decode_utf8().ok().filter(|value| !value.is_empty())?;
                    variables.insert(name.into(), value.into_owned().into());
                }
                None if expected == given => {}
                None => return None,
            },
            _ => return None,
        }
    }
}

/// The query of a URI as arguments: `athlete_id` alone.
///
/// Fails on any other parameter: an answer that ignored it would not be the requested one.
pub fn query(uri: &str) -> Result<JsonMap> {
    let pairs = uri.split_once('?').map_or("", |(_, query)| query).split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let value = pair.strip_prefix("athlete_id=").and_then(|value| percent_decode_str(value).decode_utf8().ok());
        let value =
            value.ok_or_else(|| Error::new(format!("{uri} has {pair}"), "Only athlete_id may follow the ?."))?;
        Ok(("athlete_id".to_owned(), value.into_owned().into()))
    };
    pairs.map(pair).collect()
}

/// The names of a template's variables.
pub fn variables(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').filter_map(variable)
}

fn variable(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case("own://day/{date}", "own://day/2026-07-05", json!({"date": "2026-07-05"}))]
    #[case("own://a/{id}/streams/{type}", "own://a/i1/streams/watts?x=1", json!({"id": "i1", "type": "watts"}))]
    #[case("own://a/{id}", "own://a/b%2Fc%20d", json!({"id": "b/c d"}))]
    #[case("own://words", "own://words", json!({}))]
    #[case("own://a/{id}", "own://a/", Value::Null)]
    #[case("own://a/{id}", "own://a/1/2", Value::Null)]
    #[case("own://a/{id}/x", "own://a/1", Value::Null)]
    #[case("own://a/{id}", "other://a/1", Value::Null)]
    fn a_uri_is_taken_apart_by_segments(#[case] template: &str, #[case] uri: &str, #[case] expected: Value) {
        assert_eq!(matched(template, uri).map_or(Value::Null, Value::Object), expected);
    }

    #[rstest]
    #[case("own://a/1", Some(json!({})))]
    #[case("own://a/1?athlete_id=i7", Some(json!({"athlete_id": "i7"})))]
    #[case("own://a/1?athlete=i7", None)]
    #[case("own://a/1?athlete_id=i7&limit=3", None)]
    fn a_query_is_athlete_id_and_nothing_else(#[case] uri: &str, #[case] expected: Option<Value>) {
        assert_eq!(query(uri).ok().map(Value::Object), expected);
    }

    #[test]
    fn a_template_knows_its_variables() {
        assert_eq!(variables("own://a/{id}/streams/{type}").collect::<Vec<_>>(), ["id", "type"]);
    }
}
