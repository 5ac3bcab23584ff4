//! Sessions that instances share on a Redis. Where there is no redis-server, these tests say so and check nothing.
use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::json;
use tempfile::TempDir;

use super::{Instance, OWN, call, client, end, in_turn, open, post};
use crate::protocol::{legacy, lists_calls_and_reads};

/// A Redis of its own; it ends with the test.
struct Redis {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// `None` where it is not installed, which is said past the test's captured output.
fn redis(port: u16) -> Option<Redis> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string(), "--dir"]);
    let started = command.arg(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        writeln!(std::io::stderr(), "NOT RUN: there is no redis-server on PATH (apt-get install redis-server)")
            .unwrap();
        return None;
    };
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.any(|line| line.unwrap().contains("Ready to accept connections"));
    assert!(ready, "redis-server ended at once");
    std::thread::spawn(move || lines.for_each(drop));
    Some(Redis { child, port, _folder: folder })
}

/// The configuration that the instances share, with a key of each caller's own.
struct Cluster {
    file: tempfile::NamedTempFile,
}

impl Cluster {
    fn of(port: u16, limits: &str) -> Self {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let text = format!("redis_url = \"redis://127.0.0.1:{port}\"\ncaller_credentials = true\n[limits]\n{limits}\n");
        file.write_all(text.as_bytes()).unwrap();
        Self { file }
    }

    fn instance(&self) -> Instance {
        Instance::start(&["--demo=2026-07-05", "--config", self.file.path().to_str().unwrap()], &[])
    }
}

/// Asks until it is so, for half a minute at most.
async fn until(mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..300 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never was so");
}

#[tokio::test]
async fn a_session_goes_on_at_another_instance_and_for_its_owner_alone() {
    let Some(redis) = redis(free_port()) else { return };
    let cluster = Cluster::of(redis.port, "session_idle = 12");
    let (mut one, other) = (cluster.instance(), cluster.instance());
    let session = open(&one, OWN).await;
    assert_eq!(call(&other, "another", &session).await, 404);
    assert_eq!(call(&other, OWN, &session).await, 200);
    assert_eq!((call(&other, "another", &session).await, call(&one, "another", &session).await), (404, 404));
    one.child.kill().unwrap();
    one.child.wait().unwrap();
    assert_eq!(call(&other, OWN, &session).await, 200);
    // A stranger cannot end it either, here or on Redis.
    assert_eq!(end(&other, "another", &session).await, 204);
    let third = cluster.instance();
    assert_eq!((call(&other, OWN, &session).await, call(&third, OWN, &session).await), (200, 200));
    // Its owner can: at once where they ask, and elsewhere with the next look at the store.
    assert_eq!(end(&third, OWN, &session).await, 204);
    assert_eq!(call(&third, OWN, &session).await, 404);
    let notice = json!({"jsonrpc": "2.0", "method": "notifications/roots/list_changed"});
    until(async || post(&other, OWN, &session, &notice).await.status() == 404).await;
}

#[tokio::test]
async fn a_client_does_not_notice_that_its_requests_go_to_instances_in_turn() {
    let Some(redis) = redis(free_port()) else { return };
    let url = format!("redis://127.0.0.1:{}", redis.port);
    let environment = [("INTERVALS_ICU_REDIS_URL", url.as_str())];
    let start = || Instance::start(&["--demo=2026-07-05"], &environment);
    let (one, mut other) = (start(), start());
    let client = client(in_turn([one.address, other.address]).await.0, legacy()).await;
    lists_calls_and_reads(&client).await;
    other.child.kill().unwrap();
    other.child.wait().unwrap();
    lists_calls_and_reads(&client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_gets_in_while_a_session_is_on_its_way() {
    let Some(redis) = redis(free_port()) else { return };
    let cluster = Cluster::of(redis.port, "");
    let (one, other) = (cluster.instance(), cluster.instance());
    for _ in 0..20 {
        let session = open(&one, OWN).await;
        let keys = [OWN, "another", OWN, "another", OWN, "another", OWN, "another"];
        let statuses = futures::future::join_all(keys.map(|key| call(&other, key, &session))).await;
        assert_eq!(statuses, [200, 404, 200, 404, 200, 404, 200, 404]);
    }
}

#[tokio::test]
async fn what_stands_in_redis_tells_nothing_and_does_not_stay() {
    let Some(redis) = redis(free_port()) else { return };
    let cluster = Cluster::of(redis.port, "session_idle = 100");
    let session = open(&cluster.instance(), OWN).await;
    let mut there = ::redis::Client::open(("127.0.0.1", redis.port)).unwrap().get_connection().unwrap();
    let keys: Vec<String> = ::redis::cmd("KEYS").arg("*").query(&mut there).unwrap();
    let [key] = &keys[..] else { panic!("{keys:?}") };
    let value: String = ::redis::cmd("GET").arg(key).query(&mut there).unwrap();
    for private in [OWN, "anonymous", &session] {
        assert!(!key.contains(private) && !value.contains(private), "{key}: {value}");
    }
    let seconds: u64 = ::redis::cmd("TTL").arg(key).query(&mut there).unwrap();
    assert!((100..=125).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn a_restored_session_counts_like_any_other() {
    let Some(redis) = redis(free_port()) else { return };
    let cluster = Cluster::of(redis.port, "sessions_per_caller = 1");
    let (one, other) = (cluster.instance(), cluster.instance());
    let (here, there) = (open(&one, OWN).await, open(&other, OWN).await);
    assert_eq!(call(&other, OWN, &here).await, 429);
    assert_eq!(end(&other, OWN, &there).await, 204);
    assert_eq!(call(&other, OWN, &here).await, 200);
}

#[tokio::test]
async fn without_redis_sessions_work_where_they_were_opened_and_are_shared_once_it_is_back() {
    let port = free_port();
    let cluster = Cluster::of(port, "session_idle = 12");
    let (one, other) = (cluster.instance(), cluster.instance());
    let sessions = [open(&one, OWN).await, open(&one, OWN).await];
    for session in &sessions {
        assert_eq!((call(&one, OWN, session).await, call(&other, OWN, session).await), (200, 503));
    }
    let Some(_redis) = redis(port) else { return };
    for session in &sessions {
        until(async || call(&other, OWN, session).await == 200).await;
    }
    let said = |instance: &Instance| {
        instance.log.try_iter().filter(|line| line.contains("the Redis of the sessions")).collect()
    };
    let said: [Vec<String>; 2] = [said(&one), said(&other)];
    for lines in said {
        let [down, back] = &lines[..] else { panic!("{lines:#?}") };
        assert!(down.contains("cannot be used") && back.contains("can be used again"), "{lines:#?}");
    }
}
