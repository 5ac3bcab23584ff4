use rstest::rstest;

use super::*;
use intervals_catalog::Catalog;

use crate::cli::call::arguments;

#[cfg(feature = "wellness")]
fn described(name: &str, hidden: Option<Why>) -> String {
    let catalog = Catalog::linked().unwrap();
    let mut out = vec![];
    text(&catalog.tools[name], hidden, &Settings::default(), "program", &mut out).unwrap();
    anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
}

#[test]
#[cfg(feature = "wellness")]
fn a_tool_is_described_with_all_its_arguments() {
    let text = described("icu_get_wellness_data", Some(Why::ReadOnly));
    assert!(text.starts_with("icu_get_wellness_data: "), "{text}");
    assert!(text.contains("\npack wellness; reads\nnot offered: read_only leaves only tools that read\n"), "{text}");
    let catalog = Catalog::linked().unwrap();
    let schema = catalog.tools["icu_get_wellness_data"].tool.input_schema(&Settings::default());
    for (name, _) in properties(&schema) {
        assert!(text.contains(&format!("\n{name} ")), "{name}: {text}");
    }
    assert!(text.contains("\n  program call icu_get_wellness_data "), "{text}");
}

#[test]
fn the_words_of_every_tools_example_are_read_as_the_example() {
    let settings = Settings::default().with_coach();
    for (name, entry) in Catalog::linked().unwrap().tools {
        let (example, schema) = (entry.tool.example(&settings), (entry.tool.input)(&settings));
        let takes = arguments::Takes { tool: &name, schema: &schema };
        let read = arguments::read(&words(&example), &takes, std::io::empty());
        assert_eq!(read.unwrap(), example, "{name}");
        let shown = arguments::read(&shown(&example, &schema), &takes, std::io::empty()).unwrap();
        assert!(shown.iter().all(|(key, value)| example.get(key) == Some(value)), "{name}");
    }
}

#[rstest]
#[case(json!({"type": "integer", "minimum": 1, "maximum": 5}), "integer 1 to 5")]
#[case(json!({"type": "number", "minimum": 0.5}), "number from 0.5")]
#[case(json!({"type": "string", "enum": ["up", "down"]}), "up or down")]
#[case(json!({"type": "array", "items": {"type": "object"}}), "list of object")]
#[case(json!({"type": "array", "items": {"enum": ["a", "b"]}}), "list of a or b")]
#[case(json!({}), "any")]
fn a_type_is_shown_with_its_range_or_values(#[case] property: Value, #[case] shown: &str) {
    assert_eq!(takes(&property), shown);
}

#[rstest]
#[case(json!({"a": "plain", "b": 1, "c": ["x", "y"]}), &["a=plain", "b=1", "c=x,y"])]
#[case(json!({"a": "@me", "b": null, "c": []}), &["a:=\"@me\"", "b:=null", "c=[]"])]
#[case(json!({"a": ["x,y"], "b": {"c": 1}}), &["a=[\"x,y\"]", "b={\"c\":1}"])]
fn arguments_are_written_as_words_to_type(#[case] arguments: Value, #[case] typed: &[&str]) {
    assert_eq!(words(arguments.as_object().unwrap()), typed);
}

#[rstest]
#[case("limit=3", "limit=3")]
#[case("name=Coast loop", "'name=Coast loop'")]
#[case("name=it's $HOME", r"'name=it'\''s $HOME'")]
fn a_word_is_quoted_for_a_shell(#[case] word: &str, #[case] expected: &str) {
    assert_eq!(quoted(word), expected);
}
