use rstest::rstest;
use serde_json::json;

use super::*;

fn schema() -> JsonMap {
    let schema = json!({"type": "object", "properties": {
        "text": {"type": "string"},
        "maybe": {"type": ["string", "null"]},
        "n": {"type": ["integer", "null"]},
        "share": {"type": "number"},
        "on": {"type": "boolean"},
        "way": {"type": "string", "enum": ["up", "down"]},
        "words": {"type": "array", "items": {"type": "string"}},
        "ids": {"type": "array", "items": {"type": "integer"}},
        "shares": {"type": ["array", "null"], "items": {"type": "number"}},
        "events": {"type": "array", "items": {"type": "object"}},
        "own": {"type": "object"},
        "former": {"type": "string", "hidden": true},
    }});
    schema.as_object().unwrap().clone()
}

fn read_words(words: &[&str], stdin: &str) -> Result<Value, String> {
    let words: Vec<_> = words.iter().map(ToString::to_string).collect();
    let read = read(&words, &Takes { tool: "icu_x", schema: &schema() }, stdin.as_bytes());
    read.map(Value::Object).map_err(|e| format!("{e:#}"))
}

#[rstest]
#[case(&[], json!({}))]
#[case(&["{\"n\": 1, \"unknown\": [null]}"], json!({"n": 1, "unknown": [null]}))]
#[case(&["text=5"], json!({"text": "5"}))]
#[case(&["text=a=b: c"], json!({"text": "a=b: c"}))]
#[case(&["share=2"], json!({"share": 2}))]
#[case(&["text="], json!({"text": ""}))]
#[case(&["maybe=x", "n=-7", "share=0.5", "on=true"], json!({"maybe": "x", "n": -7, "share": 0.5, "on": true}))]
#[case(&["way=up", "former=/tmp/x"], json!({"way": "up", "former": "/tmp/x"}))]
#[case(&["words=a, b,c"], json!({"words": ["a", "b", "c"]}))]
#[case(&["words=a", "n=1", "words=b,c"], json!({"words": ["a", "b", "c"], "n": 1}))]
#[case(&["words=[\"a,b\"]"], json!({"words": ["a,b"]}))]
#[case(&["words="], json!({"words": []}))]
#[case(&["ids=1,2", "shares=1,2.5"], json!({"ids": [1, 2], "shares": [1, 2.5]}))]
#[case(&["events={\"a\": 1}", "events=[{\"b\": 2}]"], json!({"events": [{"a": 1}, {"b": 2}]}))]
#[case(&["own={\"a\": {\"b\": null}}"], json!({"own": {"a": {"b": null}}}))]
#[case(&["text:=\"@coach\"", "n:=3"], json!({"text": "@coach", "n": 3}))]
#[case(&["{\"n\": 1, \"text\": \"a\"}", "n=2"], json!({"n": 2, "text": "a"}))]
#[case(&["-"], json!({"n": 9}))]
fn typed_arguments_are_read_by_the_schema(#[case] words: &[&str], #[case] expected: Value) {
    assert_eq!(read_words(words, "{\"n\": 9}\n"), Ok(expected));
}

#[rstest]
#[case(&["n"], "n is no argument: write key=value, a JSON object, @FILE or - for stdin")]
#[case(&["wrods=a"], "icu_x has no argument wrods (did you mean words?); it takes text, maybe, n, ")]
#[case(&["x:=1"], "icu_x has no argument x; it takes ")]
#[case(&["n=many"], "n: \"many\" is not of type integer")]
#[case(&["n="], "n: \"\" is not of type integer")]
#[case(&["on=perhaps"], "on: \"perhaps\" is not of type boolean")]
#[case(&["way=left"], "way: \"left\" is not one of \"up\", \"down\"")]
#[case(&["ids=1,x"], "ids: \"x\" is not a whole number")]
#[case(&["shares=NaN"], "shares: \"NaN\" is not a number")]
#[case(&["ids=[1"], "ids: it is not a JSON array: ")]
#[case(&["own=a"], "own: \"a\" is not a JSON object, such as ")]
#[case(&["events=a"], "events: \"a\" is not a JSON object, such as ")]
#[case(&["n=1", "n=2"], "n is given 2 times and holds one value")]
#[case(&["n:=one"], "n is not JSON: ")]
#[case(&["[1]"], "the arguments are not a JSON object: ")]
#[case(&["{\"n\": }"], "the arguments are not a JSON object: ")]
#[case(&["-"], "the arguments are not a JSON object: ")]
#[case(&["@/no/such/file"], "/no/such/file cannot be read: ")]
#[case(&["text=@/no/such/file"], "for a text that begins with @, write text:='\"@…\"': /no/such/file cannot be read: ")]
fn an_error_says_what_is_expected(#[case] words: &[&str], #[case] message: &str) {
    let error = read_words(words, "nothing").unwrap_err();
    assert!(error.starts_with(message) && !error.contains("former"), "{error}");
}

#[test]
fn a_file_holds_one_value_or_all_arguments() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let name = file.path().display().to_string();
    std::fs::write(&file, "{\"n\": 4}\r\n").unwrap();
    assert_eq!(read_words(&[&format!("@{name}"), "on=false"], ""), Ok(json!({"n": 4, "on": false})));
    assert_eq!(read_words(&[&format!("text=@{name}")], ""), Ok(json!({"text": "{\"n\": 4}"})));
    assert_eq!(read_words(&[&format!("own=@{name}")], ""), Ok(json!({"own": {"n": 4}})));
    std::fs::write(&file, [0xff, 0xfe]).unwrap();
    assert!(read_words(&[&format!("@{name}")], "").unwrap_err().contains("cannot be read: "));
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let error = bounded(std::io::repeat(b' ')).unwrap_err();
    assert_eq!(error.to_string(), "it is larger than 16 MiB");
}
