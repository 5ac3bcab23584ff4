//! Each kind of override of a tool.
use intervals_core::{Effect, Intervals, Pack, ToolPack, client, units::Units};
use intervals_settings::Source;
use rstest::rstest;
use serde_json::json;

use super::*;

struct Own;
impl ToolPack for Own {}

static PACK: Pack = Pack { krate: "own", name: "own", about: "A test's.", default: true, build: || Box::new(Own) };

/// A tool that answers with its arguments.
fn echoes(name: &'static str) -> ToolDef {
    ToolDef {
        krate: "own",
        name: name.into(),
        title: None,
        description: "ECHO.".into(),
        effect: Effect::Read,
        delete: None,
        tier: intervals_core::registry::Tier::Common,
        idempotent: true,
        input: StaticOrShared::Static(&|settings| {
            let mut schema = json!({"type": "object", "required": ["days"], "properties": {
                "days": {"type": "integer"}, "words": {"type": "array"}, "kind": {"type": "string", "enum": ["a", "b"]},
            }});
            if settings.coach {
                schema["properties"]["athlete_id"] = json!({"type": "string"});
            }
            schema.as_object().cloned().unwrap()
        }),
        output: StaticOrShared::Static(&JsonMap::new),
        body: StaticOrShared::Static(&|call| {
            let arguments = call.arguments.clone();
            Box::pin(async move { call.answer(async { Ok(arguments) }).await })
        }),
    }
}

fn catalog(toml: &str) -> Result<Catalog, Vec<Fault>> {
    use figment::providers::{Format, Toml};

    let config: Config = figment::Figment::from(Toml::string(toml)).extract().unwrap();
    let sources = config.rows().into_iter().map(|(key, _)| (key, Source::File("file".into()))).collect();
    let catalog = Catalog::of([&PACK], [echoes("own_one"), echoes("own_two")]).unwrap();
    let mut catalog = catalog.with_tools_about_tools(&PACK, vec![echoes("icu_find_tools")], false).unwrap();
    catalog.apply_overrides(&config, &sources).map(|()| catalog)
}

fn client() -> Intervals {
    let service = client::Service::new(client::Options::at("http://127.0.0.1:1")).unwrap();
    service.account(client::Credential::ApiKey("k".into()), None)
}

async fn run(tool: &ToolDef, arguments: Value) -> Result<Value> {
    let mut call = Call::new(client(), arguments.as_object().cloned().unwrap());
    call.settings = Arc::new(Settings::default().with_units(Units::default()));
    tool.run(call).await.map(|answer| answer.structured)
}

#[test]
fn an_override_replaces_the_texts_of_one_tool() {
    let catalog = catalog("[tool.own_one]\ndescription = \"MINE.\"\ntitle = \"Mine\"").unwrap();
    let [one, two] = ["own_one", "own_two"].map(|name| &catalog.tools[name].tool);
    assert_eq!((&*one.description, one.title.as_deref()), ("MINE.", Some("Mine")));
    assert_eq!((&*two.description, two.title.as_deref()), ("ECHO.", None));
    assert!(one.input_schema(&Settings::default()).contains_key("required"));
}

#[test]
fn an_override_may_name_a_tool_that_is_not_offered() {
    let catalog = catalog("[tool.icu_find_tools]\ntitle = \"Search\"\n[tool.own_one]\ntier = \"rare\"").unwrap();
    assert_eq!(catalog.tools["own_one"].tool.tier, intervals_core::registry::Tier::Rare);
    assert_eq!(catalog.tools["own_two"].tool.tier, intervals_core::registry::Tier::Common);
}

#[tokio::test]
async fn a_fixed_argument_is_not_in_the_schema_reaches_the_tool_and_cannot_be_sent() {
    let catalog = catalog("[fixed]\nathlete_id = 7\ndays = 1\n[tool.own_one.fixed]\ndays = \"3\"").unwrap();
    let [one, two] = ["own_one", "own_two"].map(|name| &catalog.tools[name].tool);
    for tool in [one, two] {
        let schema = tool.input_schema(&Settings::default().with_coach());
        assert_eq!(properties(&schema).collect::<Vec<_>>(), ["words", "kind"]);
        assert!(!schema.contains_key("required"), "{schema:?}");
    }
    assert_eq!(run(one, json!({"kind": "a"})).await.unwrap(), json!({"kind": "a", "athlete_id": "7", "days": 3}));
    assert_eq!(run(two, json!({})).await.unwrap()["days"], 1, "a tool's own value goes before that of all");
    // A null is not an argument.
    run(one, json!({"athlete_id": null})).await.unwrap();
    let error = run(one, json!({"athlete_id": "8"})).await.unwrap_err();
    assert_eq!(error.to_string(), "athlete_id is set by this server's operator. Leave it out.");
}

#[rstest]
#[case(
    "[tool.own_on]\ntitle = \"x\"",
    "tool.own_on (file): no tool of this build is called own_on (did you mean own_one?)."
)]
#[case("[tool.own_on]", "tool.own_on (file): no tool of this build")]
#[case("[tool.own_one]\ntitle = \" \"", "tool.own_one.title (file): it is empty.")]
#[case(
    "[tool.own_one.fixed]\ndas = 1",
    "tool.own_one.fixed.das (file): there is no such argument (did you mean days?)."
)]
#[case("[tool.own_one.fixed]\ndays = \"many\"", "tool.own_one.fixed.days (file): \"many\" is not of type integer.")]
#[case("[tool.own_one.fixed]\nkind = \"c\"", "tool.own_one.fixed.kind (file): \"c\" is not one of \"a\", \"b\".")]
#[case("[fixed]\nathlete = 1", "fixed.athlete (file): no tool has the argument athlete (did you mean athlete_id?).")]
#[case("[fixed]\ndays = true", "fixed.days (file): own_one does not take it: true is not of type integer.")]
fn an_override_that_fits_no_tool_is_a_fault(#[case] toml: &str, #[case] expected: &str) {
    let faults = catalog(toml).err().unwrap();
    assert!(faults.len() == 1 && faults[0].to_string().starts_with(expected), "{faults:?}");
}
