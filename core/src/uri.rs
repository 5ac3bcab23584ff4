//! URIs of resources: whether one is of a template, and what its variables are.
use percent_encoding::percent_decode_str;

use crate::JsonMap;

/// The variables of `uri` when it is of `template` (RFC 6570, level 1, each variable a whole segment); a query is left aside.
pub fn matched(template: &str, uri: &str) -> Option<JsonMap> {
    let uri = uri.split_once('?').map_or(uri, |(path, _)| path);
    let (mut wanted, mut given) = (template.split('/'), uri.split('/'));
    let mut variables = JsonMap::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(variables),
            (Some(wanted), Some(given)) => match variable(wanted) {
                Some(name) => {
                    let value = percent_decode_str(given).decode_utf8().ok().filter(|value| !value.is_empty())?;
                    variables.insert(name.into(), value.into_owned().into());
                }
                None if wanted == given => {}
                None => return None,
            },
            _ => return None,
        }
    }
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
    fn a_uri_is_taken_apart_by_segments(#[case] template: &str, #[case] uri: &str, #[case] found: Value) {
        assert_eq!(matched(template, uri).map_or(Value::Null, Value::Object), found);
    }

    #[test]
    fn a_template_knows_its_variables() {
        assert_eq!(variables("own://a/{id}/streams/{type}").collect::<Vec<_>>(), ["id", "type"]);
    }
}
