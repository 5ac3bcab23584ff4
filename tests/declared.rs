//! Packs without Rust: the examples and the manual, called over MCP against the demo.
use std::{fs, path::Path};

use intervals_catalog::{Catalog, Selection, View};
use intervals_core::{
    DeleteMode, Settings,
    client::{Credential, Options, Service},
    registry::ToolDef,
    testing::{
        PackUnderTest, Policy, ToolRunner, demo,
        demo::COACHED,
        operations::{Operations, Sent},
        rules::{self, hold},
    },
};
use intervals_declared::PackFiles;
use intervals_mcp::{CurrentHub, Hub, Session, about_tools};
use rmcp::{RoleClient, ServiceExt, model::CallToolRequestParams, service::RunningService};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::world::{exact_tokens, path, run};

pub fn catalog(folder: &Path) -> Catalog {
    PackFiles::read(folder).join(Catalog::linked().unwrap())
}

fn examples() -> Catalog {
    let catalog = catalog(&path("docs/packs.d"));
    assert!(catalog.broken.is_empty(), "{:#?}", catalog.broken);
    catalog
}

/// The files that the manual shows, as a folder.
pub fn manual() -> TempDir {
    let text = fs::read_to_string(path("docs/declarative-packs.md")).unwrap();
    let folder = TempDir::new().unwrap();
    let blocks = text.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap());
    for (n, block) in blocks.enumerate() {
        fs::write(folder.path().join(format!("manual-{n}.toml")), block).unwrap();
    }
    folder
}

async fn client(catalog: Catalog, selection: Selection, demo: &ToolRunner) -> RunningService<RoleClient, ()> {
    serve(hub(catalog, selection, demo)).await
}

fn hub(catalog: Catalog, selection: Selection, demo: &ToolRunner) -> Hub {
    let client = Service::new(Options::at(demo.url())).unwrap().account(Credential::ApiKey(demo::KEY.into()), None);
    Hub::new(catalog, &selection, settings(demo), client, true).unwrap()
}

async fn serve(hub: Hub) -> RunningService<RoleClient, ()> {
    let (ours, theirs) = tokio::io::duplex(65_536);
    let session = Session::new(CurrentHub::fixed(hub.into()));
    tokio::spawn(async move { session.serve(ours).await.unwrap().waiting().await });
    ().serve(theirs).await.unwrap()
}

/// On the demo's day.
fn settings(demo: &ToolRunner) -> Settings {
    demo.settings.clone().with_coach()
}

fn all() -> Selection {
    Selection { packs: vec!["all".into()], delete_mode: DeleteMode::Full, ..Selection::default() }
}

async fn call(client: &RunningService<RoleClient, ()>, tool: &'static str, arguments: Value) -> (String, Value) {
    let mut params = CallToolRequestParams::new(tool);
    params.arguments = arguments.as_object().cloned();
    let answer = client.call_tool(params).await.unwrap();
    (answer.content[0].as_text().unwrap().text.clone(), answer.structured_content.unwrap_or_default())
}

#[tokio::test]
async fn routes_are_read_as_the_athlete_reads_them() {
    let demo = demo().await;
    let client = client(examples(), all(), &demo).await;
    let (text, list) = call(&client, "icu_get_routes", json!({})).await;
    assert!(text.contains("distance km") && text.contains("42.3") && text.ends_with("(2)\n"), "{text}");
    assert_eq!(list["items"][0]["distance_m"], 42_310.5);
    assert_eq!((&list["total"], list["items"][1].get("tags")), (&json!(2), None));
    let (text, first) = call(&client, "icu_get_routes", json!({"limit": 1})).await;
    assert!(text.contains("(1 of 2)") && first["next"] == json!({"offset": 1}), "{text}");
    let (text, _) = call(&client, "icu_get_routes", json!({"athlete_id": COACHED})).await;
    assert!(text.starts_with("athlete: Sam Brook (i7002)\n") && text.contains("Lake loop"), "{text}");
    let (text, one) = call(&client, "icu_get_route", json!({"route_id": "7701"})).await;
    assert_eq!(one["tags"], json!(["hills", "ride"]), "{text}");
    let (_, many) = call(&client, "icu_get_routes", json!({"limit": 501})).await;
    assert_eq!(many["notes"], json!(["limit 501 is read as 500, the most rows of one answer"]));
    let (_, along) = call(&client, "icu_get_route_activities", json!({"route_id": 7701, "limit": 1})).await;
    assert_eq!((along["items"].as_array().unwrap().len(), along.get("total")), (1, None));
    assert_eq!(along["items"][0]["id"], demo::RIDE);
    let (text, alike) = call(&client, "icu_compare_routes", json!({"route_id": 7701, "other_id": 7702})).await;
    assert_eq!((&alike["similarity_0_1"], &alike["other"]), (&json!(0.125), &json!("Waterfront")), "{text}");
    let sent = demo.requests().into_iter().find(|request| request.path.ends_with("/activities")).unwrap();
    let query: Vec<_> = sent.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(query, ["route_id=7701", "oldest=2025-07-05", "limit=2"]);
}

#[tokio::test]
async fn the_forecast_has_a_row_a_day_with_its_place() {
    let demo = demo().await;
    let client = client(examples(), all(), &demo).await;
    let (text, forecast) = call(&client, "icu_get_weather_forecast", json!({})).await;
    let first = &forecast["items"][0];
    assert_eq!((&first["location"], &first["date"]), (&json!("Auckland,NZ"), &json!("2026-07-05")), "{text}");
    assert!(first["max_c"].is_number() && first["sky"][0].is_string() && text.contains("max °C"), "{text}");
    let (_, places) = call(&client, "icu_get_weather_places", json!({})).await;
    assert_eq!((&places["total"], &places["items"][1]["enabled"]), (&json!(2), &json!(false)));
    let (text, none) = call(&client, "icu_get_weather_places", json!({"athlete_id": COACHED})).await;
    assert_eq!(none["items"], json!([]), "{text}");
}

#[tokio::test]
async fn a_wrong_call_says_what_is_wrong_and_sends_nothing() {
    let demo = demo().await;
    let client = client(examples(), all(), &demo).await;
    for (tool, arguments, said) in [
        ("icu_get_route", json!({}), "invalid arguments for icu_get_route: route_id: it is missing. "),
        (
            "icu_get_route",
            json!({"route_id": "x"}),
            "invalid arguments for icu_get_route: route_id: \"x\" is not a whole number. ",
        ),
        (
            "icu_get_route",
            json!({"route_id": 1, "y": 2}),
            "invalid arguments for icu_get_route: y: there is no such argument. ",
        ),
        (
            "icu_get_routes",
            json!({"limit": 0}),
            "invalid arguments for icu_get_routes: limit: it is not a whole number of 1 or more. ",
        ),
        (
            "icu_get_route_activities",
            json!({"route_id": 1, "oldest": "soon"}),
            "invalid arguments for icu_get_route_activities: oldest: \"soon\" is not a day",
        ),
    ] {
        let (text, _) = call(&client, tool, arguments).await;
        assert!(text.starts_with(said), "{text}");
    }
    let data = |request: &demo::Recorded| request.path.contains("routes") || request.path.contains("activities");
    assert!(!demo.requests().iter().any(data));
    let (text, _) = call(&client, "icu_get_route", json!({"route_id": 1})).await;
    assert!(text.starts_with("there is no "), "{text}");
}

#[tokio::test]
async fn a_tool_of_the_manual_writes_and_read_only_hides_it() {
    let (demo, folder) = (demo().await, manual());
    let writing = client(catalog(folder.path()), all(), &demo).await;
    let (text, rated) = call(&writing, "icu_rate_activity", json!({"activity_id": demo::RIDE, "rpe": 7})).await;
    assert_eq!(rated["rpe_1_10"], 7, "{text}");
    let (text, _) = call(&writing, "icu_rate_activity", json!({"activity_id": demo::RIDE, "rpe": 11})).await;
    assert!(text.contains("rpe: 11 is not one of 1, 2"), "{text}");
    assert_eq!(demo.writes(), ["PUT /api/v1/activity/i9001"]);
    let tools = writing.list_all_tools().await.unwrap();
    let rate = tools.iter().find(|tool| tool.name == "icu_rate_activity").unwrap().annotations.clone().unwrap();
    assert_eq!((rate.read_only_hint, rate.destructive_hint), (Some(false), Some(false)));

    let reading = client(catalog(folder.path()), Selection { read_only: true, ..all() }, &demo).await;
    reading.call_tool(CallToolRequestParams::new("icu_rate_activity")).await.unwrap_err();
    // By default a pack says itself whether it is on.
    let view = View::new(&catalog(folder.path()), &Selection::default()).unwrap();
    assert!(view.get("icu_rate_activity").is_none() && view.get("icu_get_activity_weather").is_some());
}

/// A pack of one tool.
fn pack(lines: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let text =
        format!("about = \"Mine.\"\n[[tool]]\nname = \"icu_mine\"\ntitle = \"Mine\"\ndescription = \"MINE.\"\n{lines}");
    fs::write(folder.path().join("mine.toml"), text).unwrap();
    folder
}

const BULK: &str = r#"effect = "write"
method = "POST"
path = "/athlete/{athlete_id}/events/bulk"
list = "."
fields = ["id", "name", "category", "start_date_local as start", "color"]
[tool.arguments.name]
type = "string"
description = "Its name."
required = true
example = "Rest"
[tool.arguments.tag]
type = "string"
description = "A tag."
example = "easy"
[tool.arguments.day]
type = "date"
description = "When."
default = "today+1"
[tool.query]
upsertOnUid = false
[tool.body]
category = "NOTE"
name = "{name}"
start_date_local = "{day}T00:00:00"
tags = ["{tag}"]
"#;

#[tokio::test]
async fn what_is_posted_as_a_list_comes_back_as_rows() {
    let (demo, folder) = (demo().await, pack(BULK));
    let writing = client(catalog(folder.path()), all(), &demo).await;
    let (text, made) = call(&writing, "icu_mine", json!({"name": "Rest", "tag": "easy"})).await;
    let row = &made["items"][0];
    assert_eq!((&row["name"], &row["category"], &made["total"]), (&json!("Rest"), &json!("NOTE"), &json!(1)), "{text}");
    assert!(row["start"].as_str().unwrap().starts_with("2026-07-06") && row["id"].is_number(), "{text}");
    let sent = |at: usize| {
        let posts: Vec<_> = demo.requests().into_iter().filter(|request| request.method == "POST").collect();
        serde_json::from_slice::<Value>(&posts[at].body).unwrap()
    };
    assert_eq!(sent(0)[0]["tags"], json!(["easy"]));
    // Without the argument the list that it would stand in is not sent, which would take away what there is.
    call(&writing, "icu_mine", json!({"name": "Rest"})).await;
    assert_eq!((sent(1).as_array().unwrap().len(), sent(1)[0].get("tags")), (1, None));
    assert_eq!(demo.writes(), ["POST /api/v1/athlete/0/events/bulk"; 2]);
    assert_eq!(
        client(catalog(folder.path()), Selection { read_only: true, ..all() }, &demo)
            .await
            .list_all_tools()
            .await
            .unwrap()
            .iter()
            .filter(|tool| tool.name == "icu_mine")
            .count(),
        0
    );
}

#[tokio::test]
async fn where_nothing_was_given_nothing_is_sent() {
    let lines = format!(
        "effect = \"write\"\nmethod = \"PUT\"\npath = \"/activity/{}\"\n{}[tool.body]\ntags = [\"{{tag}}\"]\n\
         gear = {{ id = \"{{gear_id}}\" }}\n",
        demo::RIDE,
        ["tag", "gear_id"]
            .map(|name| format!("[tool.arguments.{name}]\ntype = \"string\"\ndescription = \"x\"\n"))
            .concat(),
    );
    let (demo, folder) = (demo().await, pack(&lines));
    let client = client(catalog(folder.path()), all(), &demo).await;
    let (text, _) = call(&client, "icu_mine", json!({})).await;
    assert!(text.starts_with("nothing would be changed"), "{text}");
    assert!(demo.writes().is_empty());
    let (_, done) = call(&client, "icu_mine", json!({"tag": "long"})).await;
    assert_eq!(done["done"], true);
    let sent = demo.requests().into_iter().find(|request| request.method == "PUT").unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&sent.body).unwrap(), json!({"tags": ["long"]}));
}

#[tokio::test]
async fn a_parameter_of_which_nothing_was_given_is_left_out() {
    let lines = "effect = \"read\"\nmethod = \"GET\"\npath = \"/athlete/{athlete_id}/events\"\nlist = \".\"\nfields = [\"id\"]\n\
                 [tool.arguments.kind]\ntype = \"string\"\ndescription = \"x\"\n\
                 [tool.arguments.kinds]\ntype = \"array of string\"\ndescription = \"x\"\n\
                 [tool.query]\ncategory = [\"{kind}\"]\nresolve = true\n";
    for (lines, arguments) in [
        (lines.replace("[tool.arguments.kinds]\ntype = \"array of string\"\ndescription = \"x\"\n", ""), json!({})),
        (
            lines
                .replace("[\"{kind}\"]", "\"{kinds}\"")
                .replace("[tool.arguments.kind]\ntype = \"string\"\ndescription = \"x\"\n", ""),
            json!({"kinds": []}),
        ),
    ] {
        let (demo, folder) = (demo().await, pack(&lines));
        let client = client(catalog(folder.path()), all(), &demo).await;
        let (text, list) = call(&client, "icu_mine", arguments).await;
        assert!(list["items"].is_array(), "{text}");
        let sent = demo.requests().into_iter().find(|request| request.path.ends_with("/events")).unwrap();
        assert_eq!(sent.query, [("resolve".to_owned(), "true".to_owned())]);
    }
}

#[tokio::test]
async fn what_was_written_is_done_whatever_comes_back() {
    // The service answers with the events of the range, which is a list.
    let lines = "effect = \"write\"\nmethod = \"PUT\"\npath = \"/athlete/{athlete_id}/events\"\nfields = [\"id\"]\n\
                 [tool.query]\noldest = \"2026-07-05\"\nnewest = \"2026-07-12\"\n[tool.body]\nhide_from_athlete = true\n";
    // With nothing at all.
    let empty = "effect = \"write\"\nmethod = \"PUT\"\npath = \"/athlete/{athlete_id}/wellness-bulk\"\nfields = [\"id\"]\n\
                 [tool.body]\nid = \"2026-07-05\"\nweight = 70\n";
    for (lines, what) in [(lines, "a list"), (empty, "nothing that could be read")] {
        let (demo, folder) = (demo().await, pack(lines));
        let client = client(catalog(folder.path()), all(), &demo).await;
        let (text, done) = call(&client, "icu_mine", json!({})).await;
        let note = format!("it is done; the service answered with {what}, so none of the fields can be shown");
        assert_eq!((&done["done"], &done["notes"]), (&json!(true), &json!([note])), "{text}");
        assert_eq!(demo.writes().len(), 1);
    }
    let reads = "effect = \"read\"\nmethod = \"GET\"\npath = \"/athlete/{athlete_id}/routes\"\nfields = [\"name\"]\n";
    let (demo, folder) = (demo().await, pack(reads));
    let client = client(catalog(folder.path()), all(), &demo).await;
    let (text, _) = call(&client, "icu_mine", json!({})).await;
    assert!(text.starts_with("the service answered with a list, and this tool expects an object. Set `list"), "{text}");
}

#[tokio::test]
async fn a_field_that_the_service_does_not_have_is_noted() {
    let lines = "effect = \"read\"\nmethod = \"GET\"\npath = \"/athlete/{athlete_id}/routes\"\nlist = \".\"\nfields = [\"name\", \"nmae\"]\n";
    let (demo, folder) = (demo().await, pack(lines));
    let client = client(catalog(folder.path()), all(), &demo).await;
    let (text, list) = call(&client, "icu_mine", json!({})).await;
    assert_eq!(list["notes"], json!(["no row has nmae"]), "{text}");
}

#[tokio::test]
async fn an_argument_cannot_make_another_operation_of_the_path() {
    let (demo, folder) = (demo().await, TempDir::new().unwrap());
    let text = "about = \"Events.\"\n[[tool]]\nname = \"icu_rename_event\"\ndescription = \"RENAME.\"\neffect = \"destructive\"\n\
                method = \"PUT\"\npath = \"/athlete/{athlete_id}/events/{event_id}\"\n[tool.arguments.event_id]\ntype = \"string\"\n\
                description = \"Id.\"\nrequired = true\n[tool.body]\nname = \"x\"\n";
    fs::write(folder.path().join("mine.toml"), text).unwrap();
    let client = client(catalog(folder.path()), all(), &demo).await;
    for id in ["bulk-delete", "..", ".", "", "a;b", "a\\b", "\t.."] {
        let (text, _) = call(&client, "icu_rename_event", json!({"event_id": id})).await;
        assert!(
            ["is not an id", "an id is empty", "cannot be an id"].iter().any(|said| text.contains(said)),
            "{id}: {text}"
        );
    }
    assert!(demo.writes().is_empty(), "{:?}", demo.writes());
    // What means something in a URL is a part of the id.
    for (id, sent) in
        [("../../1?x#y", "..%2F..%2F1%3Fx%23y"), ("%2e%2e", "%252e%252e"), ("//evil.example", "%2F%2Fevil.example")]
    {
        call(&client, "icu_rename_event", json!({"event_id": id})).await;
        assert_eq!(demo.writes().pop(), Some(format!("PUT /api/v1/athlete/0/events/{sent}")));
    }
}

#[tokio::test]
async fn declared_tools_are_gated_as_all_others_are() {
    let (demo, folder) = (demo().await, TempDir::new().unwrap());
    let text = "about = \"Routes.\"\n[[tool]]\nname = \"icu_get_route\"\ndescription = \"ROUTE.\"\neffect = \"read\"\nmethod = \"GET\"\n\
                path = \"/athlete/{athlete_id}/routes\"\nlist = \".\"\nfields = [\"name\"]\n\
                [[tool]]\nname = \"icu_drop_gear\"\ndescription = \"DROP.\"\neffect = \"destructive\"\nmethod = \"DELETE\"\n\
                path = \"/athlete/{athlete_id}/gear/b1\"\n";
    fs::write(folder.path().join("mine.toml"), text).unwrap();
    let catalog = || catalog(folder.path());
    let has = |selection: Selection| {
        let view = View::new(&catalog(), &selection).unwrap();
        (view.get("icu_get_route").is_some(), view.get("icu_drop_gear").is_some())
    };
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(has(all()), (true, true));
    assert_eq!(has(Selection { delete_mode: DeleteMode::Safe, ..all() }), (true, false));
    assert_eq!(has(Selection { delete_mode: DeleteMode::None, ..all() }), (true, false));
    assert_eq!(has(Selection { read_only: true, ..all() }), (true, false));
    assert_eq!(has(Selection { allow: words(&["*drop*"]), ..all() }), (false, true));
    assert_eq!(has(Selection { deny: words(&["icu_get_*"]), ..all() }), (false, true));
    assert_eq!(has(Selection { packs: words(&["all", "-mine"]), ..all() }), (false, false));

    let account = Service::new(Options::at(demo.url())).unwrap().account(Credential::ApiKey(demo::KEY.into()), None);
    let client = serve(Hub::new(catalog(), &all(), settings(&demo), account.restricted_to([]), true).unwrap()).await;
    let (text, _) = call(&client, "icu_get_route", json!({"athlete_id": COACHED})).await;
    assert!(text.contains("is not offered") || text.contains("not among"), "{text}");
    let (text, own) = call(&client, "icu_get_route", json!({})).await;
    assert_eq!(own["total"], 2, "{text}");
    assert!(!demo.requests().iter().any(|request| request.path.contains(COACHED)));
}

#[tokio::test]
async fn examples_keep_to_the_contract_and_to_the_rules_of_tools() {
    let demo = demo().await;
    let folder = manual();
    for catalog in [examples(), catalog(folder.path())] {
        assert!(catalog.broken.is_empty(), "{:#?}", catalog.broken);
        let declared: Vec<_> = catalog.tools.values().filter(|entry| entry.tool.krate == "packs.d").cloned().collect();
        assert!(declared.len() >= 2);
        let bench = client(catalog, all(), &demo).await;
        for entry in declared {
            let arguments = entry.tool.example(&settings(&demo));
            let mut params = CallToolRequestParams::new(entry.tool.name.clone());
            params.arguments = Some(arguments);
            let answer = bench.call_tool(params).await.unwrap();
            assert_ne!(answer.is_error, Some(true), "{}: {answer:?}", entry.tool.name);
            let schema = entry.tool.output_schema();
            let properties: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
            assert!(properties.ends_with(&["athlete".into(), "notes".into()]), "{properties:?}");
            let cost = intervals_catalog::tokens::estimate(&intervals_catalog::tokens::seen(
                &entry.tool,
                &Settings::default(),
            ));
            assert!(cost <= 120, "{}: {cost}", entry.tool.name);
        }
    }
    let operations = Operations::embedded().unwrap();
    for request in demo.requests() {
        let sent = Sent {
            method: &request.method,
            path: request.path.strip_prefix("/api/v1").unwrap(),
            query: &request.query,
            content_type: request.content_type.as_deref(),
            body: &request.body,
        };
        assert_eq!(operations.check(&sent).1, [""; 0]);
    }
}

#[tokio::test]
async fn examples_are_held_to_the_rules_of_linked_tools() {
    let folder = manual();
    for catalog in [examples(), catalog(folder.path())] {
        let entries = catalog.tools.values().filter(|entry| entry.tool.krate == "packs.d");
        // The rules are written for tools that last as long as the program.
        let tools: Vec<&'static ToolDef> =
            entries.map(|entry| &*Box::leak(Box::new(ToolDef::clone(&entry.tool)))).collect();
        assert!(tools.len() >= 2);
        let subject =
            PackUnderTest { packs: vec![], tools, policy: Policy { tokens: exact_tokens, ..Policy::default() } };
        let rules = [
            rules::names,
            rules::descriptions,
            rules::arguments,
            rules::schemas,
            rules::additions,
            rules::budget,
            rules::deletes,
        ];
        for rule in rules {
            hold(&rule(&subject));
        }
        hold(&rules::effects(&subject, demo).await);
        hold(&rules::answers(&subject, demo).await);
        hold(&rules::read_only(&subject, demo).await);
    }
}

#[tokio::test]
async fn lists_and_what_was_made_fit_the_output_schema() {
    let read = format!(
        "effect = \"read\"\nmethod = \"GET\"\npath = \"/activity/{}\"\nfields = [\"icu_hr_zone_times as zone_times_s\", \
         \"stream_types as streams_by_others\", \"distance as distance_m\"]\n",
        demo::RIDE
    );
    for lines in [read.as_str(), BULK] {
        let folder = pack(lines);
        let catalog = catalog(folder.path());
        assert!(catalog.broken.is_empty(), "{:#?}", catalog.broken);
        let tool: &'static ToolDef = Box::leak(Box::new(ToolDef::clone(&catalog.tools["icu_mine"].tool)));
        let runner = demo().await;
        let answer = runner.run_tool(tool, tool.example(&settings(&runner))).await.unwrap().structured;
        assert!(
            lines == BULK || (answer["zone_times_s"].is_array() && answer["streams_by_others"].is_array()),
            "{answer}"
        );
        let subject = PackUnderTest {
            packs: vec![],
            tools: vec![tool],
            policy: Policy { tokens: exact_tokens, ..Policy::default() },
        };
        hold(&rules::answers(&subject, demo).await);
        hold(&rules::effects(&subject, demo).await);
        hold(&rules::read_only(&subject, demo).await);
    }
}

#[tokio::test]
async fn a_dynamic_client_finds_and_calls_them_and_hears_what_is_left_out() {
    let (demo, folder) = (demo().await, TempDir::new().unwrap());
    fs::copy(path("docs/packs.d/routes.toml"), folder.path().join("routes.toml")).unwrap();
    fs::write(folder.path().join("weather.toml"), "about = ").unwrap();
    let catalog = catalog(folder.path());
    let catalog = catalog.with_tools_about_tools(&about_tools::CARD, about_tools::tools(), true).unwrap();
    let client = serve(hub(catalog, all(), &demo).dynamic(Default::default())).await;
    let (_, found) = call(&client, "icu_find_tools", json!({"query": "which routes do I ride again and again?"})).await;
    let names: Vec<_> = found["tools"].as_array().unwrap().iter().map(|tool| tool["name"].clone()).collect();
    assert!(names.contains(&json!("icu_get_routes")), "{names:?}");
    let (text, _) = call(&client, "icu_call_read", json!({"tool": "icu_get_routes"})).await;
    assert!(text.contains("Scenic Drive"), "{text}");
    let (text, _) = call(&client, "icu_list_packs", json!({})).await;
    assert!(
        text.contains("routes") && text.contains("the pack weather is left out, since its file is faulty: "),
        "{text}"
    );
    assert!(text.contains("weather.toml:1: "), "{text}");
}

#[test]
fn the_commands_know_them_and_say_what_is_broken() {
    let folder = TempDir::new().unwrap();
    let (config, packs) = (folder.path().join("config.toml"), folder.path().join("packs.d"));
    fs::write(&config, "packs = [\"routes\", \"weather\"]\n").unwrap();
    fs::create_dir(&packs).unwrap();
    fs::copy(path("docs/packs.d/routes.toml"), packs.join("routes.toml")).unwrap();
    let broken =
        fs::read_to_string(path("docs/packs.d/weather.toml")).unwrap().replace("/weather-config", "/wether-config");
    fs::write(packs.join("weather.toml"), &broken).unwrap();
    let line = broken.lines().position(|line| line.contains("/wether-config")).unwrap() + 1;
    let config = config.display().to_string();
    let tools = run(&["tools", "--json", "--config", &config, "--exclude-tools", "icu_get_weather_*"], &[]);
    assert_eq!(tools.code, Some(0), "{}", tools.err);
    assert!(tools.out.contains("icu_compare_routes") && !tools.out.contains("weather"), "{}", tools.out);
    assert!(tools.err.contains(&format!("weather.toml:{line}: the API has no GET ")), "{}", tools.err);
    let shown: Value = serde_json::from_str(&run(&["packs", "--json", "--config", &config], &[]).out).unwrap();
    let row = |name: &str| shown.as_array().unwrap().iter().find(|row| row["pack"] == name).unwrap().clone();
    assert_eq!((&row("routes")["on"], &row("routes")["tools"]), (&json!(true), &json!(4)));
    assert!(row("weather")["broken"].as_str().unwrap().contains(&format!("weather.toml:{line}: ")));
    assert!(run(&["packs", "--config", &config], &[]).out.contains("weather.toml:"), "in text too");
    let call = run(&["call", "icu_get_routes", "--demo", "--config", &config], &[]);
    assert!(call.out.contains("Scenic Drive"), "{}{}", call.out, call.err);
}

#[test]
fn the_folder_may_be_elsewhere_and_must_be_there() {
    let folder = path("docs/packs.d").display().to_string();
    let tools = run(&["tools", "--packs=routes"], &[("INTERVALS_ICU_PACKS_DIR", &folder)]);
    assert!(tools.out.contains("icu_get_routes"), "{}{}", tools.out, tools.err);
    let missing = run(&["tools"], &[("INTERVALS_ICU_PACKS_DIR", "/nowhere")]);
    let said = "error: packs_dir (environment variable INTERVALS_ICU_PACKS_DIR): /nowhere is not a folder. ";
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.starts_with(said), "{}", missing.err);
}

/// A configuration and its packs.d.
struct Home(TempDir);

impl Home {
    fn of(config: &str, packs: &[(&str, &str)]) -> Self {
        let home = Self(TempDir::new().unwrap());
        fs::write(home.0.path().join("config.toml"), config).unwrap();
        fs::create_dir(home.0.path().join("packs.d")).unwrap();
        for (name, text) in packs {
            fs::write(home.0.path().join("packs.d").join(format!("{name}.toml")), text).unwrap();
        }
        home
    }

    fn run(&self, arguments: &[&str]) -> crate::world::Ran {
        let config = self.0.path().join("config.toml").display().to_string();
        run(&[arguments, &["--config", &config]].concat(), &[])
    }
}

fn example(name: &str) -> String {
    fs::read_to_string(path(&format!("docs/packs.d/{name}.toml"))).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn the_folder_is_found_beside_a_configuration_that_nobody_wrote() {
    let home = TempDir::new().unwrap();
    let packs = home.path().join("intervals-icu-mcp/packs.d");
    fs::create_dir_all(&packs).unwrap();
    fs::write(packs.join("routes.toml"), example("routes")).unwrap();
    let tools = run(&["tools"], &[("XDG_CONFIG_HOME", &home.path().display().to_string())]);
    assert!(tools.out.contains("icu_compare_routes"), "{}{}", tools.out, tools.err);
}

#[test]
fn tiers_and_the_budget_count_declared_tools_and_it_is_explained() {
    let routes = example("routes").replacen("method = \"GET\"", "tier = \"core\"\nmethod = \"GET\"", 1).replacen(
        "name = \"icu_compare_routes\"",
        "tier = \"rare\"\nname = \"icu_compare_routes\"",
        1,
    );
    let home = Home::of("packs = [\"routes\"]", &[("routes", &routes)]);
    let rows =
        |ran: crate::world::Ran| serde_json::from_str::<Vec<Value>>(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    let all = rows(home.run(&["tools", "--explain", "--json"]));
    let row = |rows: &[Value], tool: &str| rows.iter().find(|row| row["tool"] == tool).unwrap().clone();
    let tools = ["icu_get_routes", "icu_get_route", "icu_get_route_activities", "icu_compare_routes"];
    let tiers: Vec<_> = tools.iter().map(|tool| row(&all, tool)["tier"].clone()).collect();
    assert_eq!(tiers, ["core", "common", "common", "rare"]);
    assert!(tools.iter().all(|tool| row(&all, tool)["reason"] == "offered" && row(&all, tool)["pack"] == "routes"));
    let cost = |tool: &str| row(&all, tool)["tokens"].as_u64().unwrap();
    // Room for all but one, and for one alone.
    let most = tools.iter().map(|tool| cost(tool)).sum::<u64>() - 1;
    for (limit, left_out) in [(most, &tools[3..]), (cost(tools[0]), &tools[1..])] {
        let some = rows(home.run(&["tools", "--explain", "--json", "--max-tool-tokens", &limit.to_string()]));
        let found: Vec<_> = tools.iter().filter(|tool| row(&some, tool)["reason"] == "budget").collect();
        assert_eq!(found, left_out.iter().collect::<Vec<_>>());
    }
    let hidden = rows(home.run(&["tools", "--explain", "--json", "--packs", "default,-routes"]));
    assert_eq!(row(&hidden, "icu_get_routes")["reason"], "pack_off");
}

#[test]
fn what_the_operator_says_otherwise_of_tools_holds_for_declared_ones() {
    let config = "packs = [\"routes\"]\n[tool.icu_compare_routes]\ndescription = \"MINE against another.\"\n\
                  [tool.icu_compare_routes.fixed]\nroute_id = 7701\n[fixed]\nathlete_id = \"0\"\n";
    let home = Home::of(config, &[("routes", &example("routes"))]);
    assert!(home.run(&["tools"]).out.contains("MINE against another."));
    let alike = home.run(&["call", "icu_compare_routes", "{\"other_id\": 7702}", "--demo=2026-07-05"]);
    assert!(alike.out.contains("Waterfront"), "{}{}", alike.out, alike.err);
    for sent in ["{\"other_id\": 7702, \"route_id\": 1}", "{\"other_id\": 7702, \"athlete_id\": \"i7002\"}"] {
        let refused = home.run(&["call", "icu_compare_routes", sent, "--demo=2026-07-05"]);
        assert!(refused.err.contains("is set by this server's operator"), "{}{}", refused.out, refused.err);
    }
    let wrong = Home::of("[tool.icu_get_route.fixed]\nroute_id = \"x\"", &[("routes", &example("routes"))]);
    let wrong = wrong.run(&["tools"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("tool.icu_get_route.fixed.route_id"), "{}", wrong.err);
    let section = Home::of("[pack.routes]\nx = 1", &[("routes", &example("routes"))]).run(&["tools"]);
    assert!(section.err.contains("pack.routes.x") && section.err.contains("this pack has no keys"), "{}", section.err);
}

#[test]
fn a_broken_file_never_stops_the_start_whatever_the_configuration_says_of_it() {
    let config = "packs = [\"routes\", \"gear\"]\nexclude_tools = [\"icu_compare_routes\", \"icu_get_route_*\"]\n\
                  [tool.icu_get_route]\ntitle = \"Way\"\n[fixed]\nroute_id = 7701\n[pack.routes]\n";
    let home = Home::of(config, &[("routes", &example("routes").replace("/similarity/", "/likeness/"))]);
    let tools = home.run(&["tools"]);
    assert_eq!(tools.code, Some(0), "{}", tools.err);
    assert!(tools.out.contains("icu_get_gear_list") && !tools.out.contains("route"), "{}", tools.out);
    assert!(tools.err.contains("routes.toml:"), "{}", tools.err);
    // A file where the folder should be.
    let home = Home::of("", &[]);
    fs::remove_dir(home.0.path().join("packs.d")).unwrap();
    fs::write(home.0.path().join("packs.d"), "").unwrap();
    let tools = home.run(&["tools"]);
    assert!(tools.code == Some(0) && tools.err.contains("packs.d: "), "{}", tools.err);
}
