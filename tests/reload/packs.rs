//! Packs without Rust come, change, break and go while the built binary serves.
use std::{fs, path::Path};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::oneshot,
};

use super::*;

fn routes() -> String {
    fs::read_to_string(world::path("docs/packs.d/routes.toml")).unwrap()
}

/// The same with an operation that is not there, and the line of it.
fn broken() -> (String, String) {
    let text = routes().replace("/similarity/", "/likeness/");
    let line = text.lines().position(|line| line.contains("/likeness/")).unwrap() + 1;
    (text, format!("routes.toml:{line}: the API has no GET /athlete/"))
}

/// Writes a file as editors do: hidden beside it, and then renamed.
fn put(folder: &Path, text: &str) {
    fs::create_dir_all(folder).unwrap();
    let beside = folder.join(".routes.toml.new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, folder.join("routes.toml")).unwrap();
}

impl File {
    fn packs(&self) -> PathBuf {
        self.folder.path().join("packs.d")
    }
}

/// The tools about routes.
async fn listed(client: &Peer<RoleClient>) -> Vec<String> {
    let tools = client.list_all_tools().await.unwrap().into_iter().map(|tool| tool.name.into_owned());
    tools.filter(|name| name.contains("route")).collect()
}

async fn text(client: &Peer<RoleClient>, tool: &'static str, arguments: Value) -> String {
    let answer = client.call_tool(call(tool, arguments)).await.unwrap();
    answer.content[0].as_text().unwrap().text.clone()
}

const ALL: [&str; 4] = ["icu_compare_routes", "icu_get_route", "icu_get_route_activities", "icu_get_routes"];

#[tokio::test]
async fn a_file_is_followed_as_it_comes_changes_breaks_and_goes() {
    let file = File::of("");
    let mut child = Child::with(&file).await;
    assert_eq!(listed(&child.client).await, [""; 0]);

    put(&file.packs(), &routes());
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, ALL);
    assert!(text(&child.client, "icu_get_routes", json!({})).await.contains("Scenic Drive"));

    put(&file.packs(), &routes().replace("icu_compare_routes", "icu_rank_routes"));
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, [ALL[1], ALL[2], ALL[3], "icu_rank_routes"]);

    let (text, fault) = broken();
    put(&file.packs(), &text);
    assert!(child.says("a pack is left out").await.contains(&fault));
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, [""; 0]);
    child.client.call_tool(call("icu_get_routes", json!({}))).await.unwrap_err();
    assert_eq!(packs(&child.client).await, ["activities", "wellness"]);

    put(&file.packs(), &routes());
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, ALL);

    fs::remove_file(file.packs().join("routes.toml")).unwrap();
    child.says("the pack routes is gone with its file").await;
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, [""; 0]);
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn a_comment_that_changes_in_a_pack_is_told_to_nobody() {
    let file = File::of("");
    put(&file.packs(), &routes());
    let mut child = Child::of(&["--config", &file.path().display().to_string(), "--log", "info"]).await;
    assert_eq!(listed(&child.client).await, ALL);
    put(&file.packs(), &format!("# Mine.\n{}", routes()));
    child.says("was read again and holds").await;
    // Nor that the same was written again.
    put(&file.packs(), &format!("# Mine.\n{}", routes()));
    child.says("was read again and holds").await;
    put(&file.packs(), &routes().replace("icu_compare_routes", "icu_rank_routes"));
    child.changed.recv().await.unwrap();
    let now = [ALL[1], ALL[2], ALL[3], "icu_rank_routes"];
    assert_eq!(listed(&child.client).await, now, "the first thing that is told is a change");
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn a_pack_that_the_configuration_names_may_go_until_the_next_start() {
    let wishes =
        "exclude_tools = [\"icu_compare_routes\"]\n[tool.icu_get_route]\ntitle = \"Way\"\n[fixed]\nother_id = 7702";
    let file = File::of(&format!("packs = [\"wellness\", \"routes\"]\n{wishes}"));
    put(&file.packs(), &routes());
    let mut child = Child::with(&file).await;
    assert_eq!(listed(&child.client).await, &ALL[1..]);
    fs::remove_dir_all(file.packs()).unwrap();
    child.changed.recv().await.unwrap();
    assert_eq!((listed(&child.client).await, packs(&child.client).await), (vec![], vec!["wellness"]));
    // What is named wrong for other reasons still is.
    file.write_for(child.pid, &format!("packs = [\"activities\", \"rotues\"]\n{wishes}"));
    assert!(child.says("cannot be used").await.contains("there is no pack rotues"));
    file.write_for(child.pid, &format!("packs = [\"activities\", \"routes\"]\n{wishes}"));
    child.changed.recv().await.unwrap();
    assert_eq!((listed(&child.client).await, packs(&child.client).await), (vec![], vec!["activities"]));
    child.client.cancel().await.unwrap();
    file.write("packs = [\"routes\"]");
    let again = world::run(&["tools", "--config", &file.path().display().to_string()], &[]);
    assert!(again.code == Some(2) && again.err.contains("there is no pack routes"), "{}", again.err);
}

#[tokio::test]
#[cfg(unix)]
async fn without_a_configuration_file_the_folder_is_followed_too() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &routes());
    let mut command = world::binary(&["--demo=2026-07-05"]);
    command.env("INTERVALS_ICU_PACKS_DIR", folder.path());
    let mut child = Child::run(command).await;
    assert_eq!(child.client.peer_info().unwrap().capabilities.tools.clone().unwrap().list_changed, Some(true));
    assert_eq!(listed(&child.client).await, ALL);
    hangup(child.pid);
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, ALL);
    put(folder.path(), &broken().0);
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, [""; 0]);
    // A folder that was named is no folder that need not be there.
    fs::remove_dir_all(folder.path()).unwrap();
    assert!(child.says("cannot be used").await.contains("packs_dir (environment variable INTERVALS_ICU_PACKS_DIR)"));
    assert_eq!(packs(&child.client).await, ["activities", "wellness"]);
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn a_session_keeps_what_it_has_switched_on_and_the_operator_reads_what_is_wrong() {
    let file = File::of("dynamic = true");
    put(&file.packs(), &routes());
    let mut child = Child::with(&file).await;
    text(&child.client, "icu_switch_packs", json!({"on": ["routes"]})).await;
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, ALL);
    put(&file.packs(), &routes().replace("icu_compare_routes", "icu_rank_routes"));
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await.len(), 4);
    let found = text(&child.client, "icu_find_tools", json!({"query": "icu_rank_routes"})).await;
    assert!(found.contains("icu_rank_routes") && !found.contains("icu_compare_routes"), "{found}");
    let (bad, fault) = broken();
    put(&file.packs(), &bad);
    child.changed.recv().await.unwrap();
    let said = text(&child.client, "icu_list_packs", json!({})).await;
    assert!(
        said.contains("the pack routes is left out, since its file is faulty: ") && said.contains(&fault),
        "{said}"
    );
    let gone = text(&child.client, "icu_call_read", json!({"tool": "icu_get_routes"})).await;
    assert!(gone.starts_with("there is no tool icu_get_routes"), "{gone}");
    put(&file.packs(), &routes());
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, ALL);
    assert!(!text(&child.client, "icu_list_packs", json!({})).await.contains("left out"));
    child.client.cancel().await.unwrap();
}

/// A service that keeps the first request for routes waiting: it says when that has come, and answers when it is told to.
async fn slow() -> (String, oneshot::Receiver<()>, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (came, coming) = oneshot::channel();
    let (go, wait) = oneshot::channel();
    tokio::spawn(async move {
        let mut held = Some((came, wait));
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut request, mut part) = (vec![], [0; 4096]);
            while !request.ends_with(b"\r\n\r\n") {
                let read = stream.read(&mut part).await.unwrap();
                assert_ne!(read, 0);
                request.extend_from_slice(&part[..read]);
            }
            let wanted = String::from_utf8(request).unwrap();
            let body = match wanted.split(' ').nth(1).unwrap().ends_with("/routes") {
                true => {
                    let (came, wait) = held.take().expect("one request for routes");
                    came.send(()).unwrap();
                    wait.await.unwrap();
                    "[{\"route_id\": 1, \"name\": \"The long way\"}]"
                }
                false => "{\"id\": \"i1\"}",
            };
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n");
            stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).await.unwrap();
        }
    });
    (url, coming, go)
}

#[tokio::test]
async fn a_call_that_is_under_way_when_its_pack_goes_is_answered() {
    let (url, coming, go) = slow().await;
    let file = File::of(&format!("base_url = \"{url}\"\napi_key = \"k\"\nunits = \"metric\"\ntimezone = \"UTC\""));
    put(&file.packs(), &routes());
    let mut child = Child::run(world::binary(&["--config", &file.path().display().to_string()])).await;
    let peer = child.client.peer().clone();
    let calling = tokio::spawn(async move { text(&peer, "icu_get_routes", json!({})).await });
    coming.await.unwrap();
    fs::remove_file(file.packs().join("routes.toml")).unwrap();
    child.changed.recv().await.unwrap();
    assert_eq!(listed(&child.client).await, [""; 0]);
    go.send(()).unwrap();
    let answer = calling.await.unwrap();
    assert!(answer.contains("The long way"), "{answer}");
    child.client.call_tool(call("icu_get_routes", json!({}))).await.unwrap_err();
    child.client.cancel().await.unwrap();
}

#[cfg(feature = "http")]
mod http {
    use super::*;
    use crate::serving;

    #[rstest]
    #[case::legacy(legacy())]
    #[case::modern(modern())]
    #[tokio::test]
    async fn callers_over_http_follow_it_and_do_not_hear_what_is_wrong(#[case] era: ClientLifecycleMode) {
        let file = File::of("dynamic = true\npacks = [\"routes\"]");
        put(&file.packs(), &routes());
        let server = serving::demo(&["--config", &file.path().display().to_string()], &[]);
        let client = server.client(era, &[]).await;
        let wanted = SubscriptionFilter::builder().tools_list_changed().build();
        assert_eq!(listed(&client).await, ALL);
        let listener = server.client(modern(), &[]).await;
        let mut subscribed = listener.listen(wanted).await.unwrap();
        put(&file.packs(), &broken().0);
        subscribed.next().await.unwrap().unwrap();
        assert_eq!(listed(&client).await, [""; 0]);
        let said = text(&client, "icu_list_packs", json!({})).await;
        assert!(said.contains("left out, since their files are faulty: 1; the operator finds"), "{said}");
        assert!(!said.contains("routes"), "{said}");
    }
}
