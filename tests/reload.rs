//! The configuration changes while the built binary serves: it is taken over, or it is said why not.
#![cfg(all(feature = "activities", feature = "wellness", feature = "demo"))]
mod packs;

use std::{path::PathBuf, process::Stdio};

use rmcp::{
    ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient,
    model::SubscriptionFilter,
    service::{NotificationContext, Peer, RunningService},
    transport::TokioChildProcess,
};
use rstest::rstest;
use serde_json::json;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::ChildStderr,
    sync::mpsc,
};

use crate::{
    protocol::{call, legacy, modern},
    world,
};

/// A configuration file that is written as editors do: beside it, and then renamed.
struct File {
    folder: TempDir,
}

impl File {
    fn of(text: &str) -> Self {
        let file = Self { folder: tempfile::tempdir().unwrap() };
        file.write(text);
        file
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    /// Writes it and has this process read it again at once. Without SIGHUP the process looks at its files by itself.
    fn write_for(&self, pid: u32, text: &str) {
        self.write(text);
        hangup(pid);
    }

    fn write(&self, text: &str) {
        let beside = self.folder.path().join("config.toml.new");
        std::fs::write(&beside, text).unwrap();
        std::fs::rename(beside, self.path()).unwrap();
    }
}

fn hangup(pid: u32) {
    if cfg!(unix) {
        let sent = std::process::Command::new("kill").args(["-HUP", &pid.to_string()]).status();
        assert!(sent.unwrap().success());
    }
}

/// Hears that the list of tools has changed.
struct Listener(mpsc::UnboundedSender<()>);

impl ClientHandler for Listener {
    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        // A test that has seen enough listens no more.
        let _ = self.0.send(());
    }
}

struct Child {
    client: RunningService<RoleClient, Listener>,
    changed: mpsc::UnboundedReceiver<()>,
    log: Lines<BufReader<ChildStderr>>,
    pid: u32,
}

impl Child {
    async fn of(flags: &[&str]) -> Self {
        Self::run(world::binary(&[&["--demo=2026-07-05"], flags].concat())).await
    }

    async fn run(command: std::process::Command) -> Self {
        let command = tokio::process::Command::from(command);
        let (child, stderr) = TokioChildProcess::builder(command).stderr(Stdio::piped()).spawn().unwrap();
        let pid = child.id().unwrap();
        let (sender, changed) = mpsc::unbounded_channel();
        let client = Listener(sender).serve_with_lifecycle(child, legacy()).await.unwrap();
        Self { client, changed, log: BufReader::new(stderr.unwrap()).lines(), pid }
    }

    async fn with(file: &File) -> Self {
        Self::of(&["--config", &file.path().display().to_string()]).await
    }

    /// The next line of the log that holds this.
    async fn says(&mut self, text: &str) -> String {
        loop {
            let line = self.log.next_line().await.unwrap().expect("the server goes on");
            if line.contains(text) {
                return line;
            }
        }
    }
}

/// The packs that have a tool in the list.
async fn packs(client: &Peer<RoleClient>) -> Vec<&'static str> {
    let tools = client.list_all_tools().await.unwrap();
    let marks = [("icu_get_recent_activities", "activities"), ("icu_get_wellness_data", "wellness")];
    let listed = |name: &str| tools.iter().any(|tool| tool.name == name);
    marks.iter().filter(|(tool, _)| listed(tool)).map(|(_, pack)| *pack).collect()
}

#[tokio::test]
async fn a_valid_change_holds_at_once_and_the_client_hears_of_it() {
    let file = File::of("packs = [\"wellness\"]");
    let mut child = Child::with(&file).await;
    assert_eq!(packs(&child.client).await, ["wellness"]);
    file.write("packs = [\"activities\"]\nport = 1\n[tool.icu_get_recent_activities]\ndescription = \"MINE.\"");
    child.changed.recv().await.unwrap();
    assert_eq!(packs(&child.client).await, ["activities"]);
    let tools = child.client.list_all_tools().await.unwrap();
    assert!(tools.iter().any(|tool| tool.description.as_deref() == Some("MINE.")));
    child.client.call_tool(call("icu_get_wellness_data", json!({}))).await.unwrap_err();
    child.client.call_tool(call("icu_get_recent_activities", json!({}))).await.unwrap();
    assert!(child.says("needs a restart").await.ends_with("changed, and needs a restart: port"));
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_used_is_said_and_the_old_holds_until_it_can() {
    let file = File::of("packs = [\"wellness\"]\ndynamic = true");
    let mut child = Child::with(&file).await;
    file.write_for(child.pid, "packs = [\"welness\"]\ndynamic = true\napi_key = \"hush\"");
    let line = child.says("cannot be used").await;
    assert!(line.contains("ERROR") && line.contains("there is no pack welness (did you mean wellness?)"), "{line}");
    assert!(line.contains(&file.path().display().to_string()), "{line}");
    file.write_for(child.pid, "api_key = \"hush");
    assert!(!child.says("cannot be used").await.contains("hush"));
    assert_eq!(packs(&child.client).await, ["wellness"]);
    let listed = child.client.call_tool(call("icu_list_packs", json!({}))).await.unwrap();
    let text = &listed.content[0].as_text().unwrap().text;
    assert!(text.contains("cannot be used, so the one before holds: ") && text.contains("config.toml"), "{text}");
    std::fs::remove_file(file.path()).unwrap();
    hangup(child.pid);
    assert!(child.says("cannot be used").await.contains("the file is gone"));
    assert_eq!(packs(&child.client).await, ["wellness"]);
    file.write_for(child.pid, "");
    assert!(child.says("cannot be used").await.contains("the file is empty"));
    assert_eq!(packs(&child.client).await, ["wellness"]);
    file.write_for(child.pid, "packs = [\"activities\"]\ndynamic = true");
    child.changed.recv().await.unwrap();
    assert_eq!(packs(&child.client).await, ["activities"]);
    let listed = child.client.call_tool(call("icu_list_packs", json!({}))).await.unwrap();
    assert!(!listed.content[0].as_text().unwrap().text.contains("cannot be used"));
    child.client.cancel().await.unwrap();
}

#[tokio::test]
#[cfg(unix)]
async fn sighup_has_it_read_again_though_the_file_is_the_same() {
    let file = File::of("packs = [\"wellness\"]");
    let mut child = Child::with(&file).await;
    assert_eq!(packs(&child.client).await, ["wellness"]);
    hangup(child.pid);
    child.changed.recv().await.unwrap();
    assert_eq!(packs(&child.client).await, ["wellness"]);
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn a_session_that_switched_packs_sees_what_is_there_when_nobody_may_switch_any_more() {
    let file = File::of("dynamic = true");
    let mut child = Child::with(&file).await;
    child.client.call_tool(call("icu_switch_packs", json!({"on": ["activities"]}))).await.unwrap();
    child.changed.recv().await.unwrap();
    assert_eq!(packs(&child.client).await, ["activities"]);
    file.write_for(child.pid, "packs = [\"wellness\"]");
    child.changed.recv().await.unwrap();
    assert_eq!(packs(&child.client).await, ["wellness"]);
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn what_protects_holds_for_a_session_that_is_open() {
    let file = File::of("packs = [\"wellness\"]");
    let mut child = Child::with(&file).await;
    let update = || call("icu_update_wellness", json!({"date": "2026-07-05", "weight": 70}));
    child.client.call_tool(update()).await.unwrap();
    file.write_for(child.pid, "packs = [\"wellness\"]\nread_only = true\nathletes = [\"i1\"]");
    child.changed.recv().await.unwrap();
    child.client.call_tool(update()).await.unwrap_err();
    let named = call("icu_get_wellness_data", json!({"athlete_id": intervals_demo::COACHED}));
    assert_eq!(child.client.call_tool(named).await.unwrap().is_error, Some(true));
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn a_comment_that_changes_is_told_to_nobody() {
    let file = File::of("packs = [\"wellness\"]");
    let mut child = Child::of(&["--config", &file.path().display().to_string(), "--log", "info"]).await;
    file.write("packs = [\"wellness\"] # only this one");
    child.says("was read again and holds").await;
    file.write("packs = [\"activities\"]");
    child.changed.recv().await.unwrap();
    assert_eq!(packs(&child.client).await, ["activities"], "the first thing that is told is a change");
    child.client.cancel().await.unwrap();
}

/// Only a restart could use another key, and a keychain may ask its user.
#[tokio::test]
async fn a_stored_key_is_not_looked_up_again() {
    let file = File::of("packs = [\"wellness\"]");
    let stored = file.folder.path().join("credentials");
    std::fs::write(&stored, "api_key = 'first'").unwrap();
    let mut child = Child::with(&file).await;
    std::fs::write(&stored, "api_key = 'second'").unwrap();
    file.write_for(child.pid, "packs = [\"wellness\"]\nport = 1");
    assert!(child.says("needs a restart").await.ends_with("changed, and needs a restart: port"));
    child.client.cancel().await.unwrap();
}

#[tokio::test]
async fn lists_may_be_kept_where_no_file_can_change_them() {
    let file = File::of("");
    let declared = |child: &Child| child.client.peer_info().unwrap().capabilities.tools.clone().unwrap().list_changed;
    let (with, without) = (Child::with(&file).await, Child::of(&[]).await);
    assert_eq!((declared(&with), declared(&without)), (Some(true), None));
    with.client.cancel().await.unwrap();
    without.client.cancel().await.unwrap();
}

#[cfg(feature = "http")]
mod http {
    use rmcp::transport::{StreamableHttpClientTransport, streamable_http_client::StreamableHttpClientTransportConfig};

    use super::*;
    use crate::serving::{self, Server, hello};

    const ANN: &str = "Bearer ann-0123456789abcdef";
    const BOB: &str = "Bearer bob-0123456789abcdef";

    fn tokens(names: &[&str], packs: &str) -> String {
        let token = |name: &&str| format!("[[http_tokens]]\nname = \"{name}\"\ntoken = \"{name}-0123456789abcdef\"\n");
        format!("packs = [\"{packs}\"]\n{}", names.iter().map(token).collect::<String>())
    }

    fn server(file: &File) -> Server {
        serving::demo(&["--config", &file.path().display().to_string()], &[])
    }

    async fn client(
        server: &Server,
        token: &str,
        era: ClientLifecycleMode,
    ) -> (RunningService<RoleClient, Listener>, mpsc::UnboundedReceiver<()>) {
        let (sender, changed) = mpsc::unbounded_channel();
        let config = StreamableHttpClientTransportConfig::with_uri(server.url.as_str());
        let transport = StreamableHttpClientTransport::with_client(serving::http(&[("authorization", token)]), config);
        (Listener(sender).serve_with_lifecycle(transport, era).await.unwrap(), changed)
    }

    fn status(server: &Server, token: &str) -> u16 {
        server.post("/mcp", &format!("Authorization: {token}\r\n"), &hello().to_string()).0
    }

    #[rstest]
    #[case::legacy(legacy())]
    #[case::modern(modern())]
    #[tokio::test]
    async fn a_revoked_token_stops_working_and_the_others_hear_what_changed(#[case] era: ClientLifecycleMode) {
        let file = File::of(&tokens(&["ann", "bob"], "wellness"));
        let server = server(&file);
        let is_modern = matches!(era, ClientLifecycleMode::Discover { .. });
        let (ann, mut changed) = client(&server, ANN, era.clone()).await;
        let (bob, _) = client(&server, BOB, era).await;
        let wanted = SubscriptionFilter::builder().tools_list_changed().build();
        let mut subscribed = if is_modern { Some(ann.listen(wanted).await.unwrap()) } else { None };
        assert_eq!((packs(&ann).await, packs(&bob).await), (vec!["wellness"], vec!["wellness"]));
        file.write_for(server.child.id(), &tokens(&["ann"], "activities"));
        match &mut subscribed {
            Some(subscribed) => _ = subscribed.next().await.unwrap().unwrap(),
            None => changed.recv().await.unwrap(),
        }
        assert_eq!(packs(&ann).await, ["activities"]);
        bob.list_all_tools().await.unwrap_err();
        assert_eq!((status(&server, ANN), status(&server, BOB)), (200, 401));
    }

    #[tokio::test]
    async fn a_request_that_was_begun_before_is_judged_by_what_holds_when_all_of_it_is_there() {
        use std::io::Write;

        let file = File::of(&tokens(&["ann", "bob"], "wellness"));
        let server = server(&file);
        let (bob, mut changed) = client(&server, BOB, legacy()).await;
        let message = hello().to_string();
        let (first, rest) = message.split_at(10);
        let mut begun = server.connect();
        let head = format!(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nAuthorization: {ANN}\r\n\r\n{first}",
            message.len()
        );
        begun.write_all(head.as_bytes()).unwrap();
        file.write_for(server.child.id(), &tokens(&["bob"], "activities"));
        changed.recv().await.unwrap();
        begun.write_all(rest.as_bytes()).unwrap();
        assert_eq!(serving::read(&mut begun).0, 401);
        assert_eq!(packs(&bob).await, ["activities"]);
    }

    #[tokio::test]
    #[cfg(unix)]
    async fn a_server_whose_log_nobody_reads_any_more_goes_on() {
        use std::{io::BufRead, process::Stdio};

        let file = File::of("packs = [\"wellness\"]\nhost = \"0.0.0.0\"\nallow_unauthenticated = true");
        let flags = ["--demo=2026-07-05", "--transport", "http", "--port", "0", "--config"];
        let path = file.path().display().to_string();
        let mut command = world::binary(&[&flags[..], &[&path]].concat());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = std::io::BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("serving MCP on ") {
            assert_ne!(log.read_line(&mut said).unwrap(), 0, "{said}");
        }
        let port = said.rsplit_once(':').and_then(|(_, rest)| rest.split('/').next()).unwrap();
        let url = format!("http://127.0.0.1:{port}/mcp");
        drop(log);
        let (sender, mut changed) = mpsc::unbounded_channel();
        let config = StreamableHttpClientTransportConfig::with_uri(url);
        let transport = StreamableHttpClientTransport::with_client(serving::http(&[]), config);
        let client = Listener(sender).serve_with_lifecycle(transport, legacy()).await.unwrap();
        file.write_for(child.id(), "packs = [\"activities\"]\nhost = \"0.0.0.0\"\nallow_unauthenticated = true");
        changed.recv().await.unwrap();
        assert_eq!(packs(&client).await, ["activities"]);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[tokio::test]
    #[cfg(unix)]
    async fn a_token_in_a_file_of_its_own_is_read_again_on_sighup() {
        let file = File::of("");
        let token = file.folder.path().join("token");
        std::fs::write(&token, "ann-0123456789abcdef\n").unwrap();
        file.write(&format!("http_token_file = \"{}\"", token.display()));
        let server = server(&file);
        let (ann, mut changed) = client(&server, ANN, legacy()).await;
        assert!(!packs(&ann).await.is_empty());
        std::fs::write(&token, "bob-0123456789abcdef\n").unwrap();
        hangup(server.child.id());
        changed.recv().await.unwrap();
        assert_eq!((status(&server, ANN), status(&server, BOB)), (401, 200));
    }

    #[tokio::test]
    #[cfg(unix)]
    async fn callers_over_http_hear_that_a_change_does_not_hold_and_not_why() {
        let file = File::of("dynamic = true");
        let server = server(&file);
        let (ann, _) = client(&server, ANN, legacy()).await;
        file.write("dynamic = true\npacks = [\"welness\"]");
        hangup(server.child.id());
        for _ in 0..10_000 {
            let listed = ann.call_tool(call("icu_list_packs", json!({}))).await.unwrap();
            let text = &listed.content[0].as_text().unwrap().text;
            if text.contains("cannot be used") {
                assert!(text.contains("its operator finds the reason in its log"), "{text}");
                assert!(!text.contains("welness") && !text.contains("config.toml"), "{text}");
                return;
            }
        }
        panic!("nothing was said");
    }
}
