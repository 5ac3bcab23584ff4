//! Calls a server from many callers at once, ends one of its instances half-way, and says what became of the calls. `tests/scaling/run`
//! uses it; bounded in calls and in time.
use std::{
    fs,
    io::{Write, stdout},
    net::SocketAddr,
    path::PathBuf,
    process::Command,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use clap::{Parser, ValueEnum};
use reqwest::{Certificate, Client, RequestBuilder, Url};
use serde_json::{Value, json};

#[derive(Parser)]
struct Wanted {
    /// The endpoint
    #[arg(long)]
    url: Url,
    /// How the callers speak
    #[arg(long)]
    era: Era,
    /// The address to connect to instead of the one that the URL's name stands for
    #[arg(long)]
    at: Option<SocketAddr>,
    /// The certificate to trust (PEM)
    #[arg(long)]
    certificate: Option<PathBuf>,
    #[arg(long, default_value_t = 4000)]
    calls: usize,
    #[arg(long, default_value_t = 16)]
    callers: usize,
    /// Half-way, this process gets the signal
    #[arg(long)]
    end: u32,
    #[arg(long)]
    signal: String,
    /// Where calls may be lost: the address of that process, as the proxy says it in X-Upstream; at most one of each caller
    #[arg(long)]
    lost_at: Option<SocketAddr>,
    /// The callers' API key
    #[arg(long)]
    key: Option<String>,
    /// Another API key, to which the callers' sessions must be unknown
    #[arg(long)]
    stranger: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Debug, ValueEnum)]
enum Era {
    /// 2026-07-28
    Modern,
    /// 2025-11-25, to a server without sessions
    Legacy,
    /// 2025-11-25, each caller in a session
    Session,
}

/// All calls have to be answered by then.
const PATIENCE: Duration = Duration::from_secs(60);

struct Load {
    wanted: Wanted,
    http: Client,
    begun: AtomicUsize,
    answered: AtomicUsize,
    in_flight: AtomicUsize,
    lost: Mutex<Vec<String>>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let wanted = Wanted::parse();
    intervals_core::testing::install_tls();
    let mut http = Client::builder().no_proxy().timeout(PATIENCE);
    if let Some(file) = &wanted.certificate {
        http = http.tls_certs_only([Certificate::from_pem(&fs::read(file)?)?]);
    }
    if let (Some(at), Some(name)) = (wanted.at, wanted.url.host_str()) {
        http = http.resolve(name, at);
    }
    let counts = || AtomicUsize::new(0);
    let (begun, answered, in_flight) = (counts(), counts(), counts());
    let load = Load { http: http.build()?, wanted, begun, answered, in_flight, lost: Mutex::default() };
    tokio::time::timeout(PATIENCE, Arc::new(load).run()).await.context("it takes too long")?
}

impl Load {
    async fn run(self: Arc<Self>) -> anyhow::Result<()> {
        let start = Instant::now();
        let mut callers = tokio::task::JoinSet::new();
        for caller in 0..self.wanted.callers {
            let load = self.clone();
            callers.spawn(async move { load.caller(caller).await });
        }
        let sessions = callers.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        for session in sessions.iter().flatten() {
            let answer = self.call(0, Some(session)).send().await?.error_for_status().context("a session is lost")?;
            ensure!(is_result(&answer.text().await?), "a session gives no answer any more");
            if let Some(stranger) = &self.wanted.stranger {
                let status = self.post(0, Some(session), Some(stranger)).send().await?.status();
                ensure!(status == 404, "a stranger's call in another's session: {status}");
            }
        }
        let lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        let Wanted { calls, callers, era, signal, .. } = &self.wanted;
        let answered = self.answered.load(Ordering::Relaxed);
        let (took, sessions) = (start.elapsed().as_millis(), sessions.iter().flatten().count());
        writeln!(
            stdout(),
            "{era:?}, SIG{signal}: {calls} calls of {callers} callers in {took} ms, {answered} answered, {} lost{}{}",
            lost.len(),
            lost.first().map_or_else(String::new, |first| format!(" ({first}, …)")),
            if sessions > 0 { format!("; all {sessions} sessions go on") } else { String::new() },
        )?;
        ensure!(answered + lost.len() == *calls, "calls are missing");
        ensure!(lost.len() <= if self.wanted.lost_at.is_some() { *callers } else { 0 }, "too many calls are lost");
        if let Some(at) = self.wanted.lost_at {
            let there = format!("at {at}");
            ensure!(lost.iter().all(|lost| lost.ends_with(&there)), "calls are lost elsewhere than {there}");
        }
        Ok(())
    }

    /// Calls until there have been enough; its session, if it has one.
    async fn caller(&self, caller: usize) -> anyhow::Result<Option<String>> {
        let session = if self.wanted.era == Era::Session { Some(self.open().await?) } else { None };
        let mut lost = 0;
        loop {
            let nth = self.begun.fetch_add(1, Ordering::Relaxed);
            if nth >= self.wanted.calls {
                return Ok(session);
            }
            if nth == self.wanted.calls / 2 {
                self.end_one()?;
            }
            self.in_flight.fetch_add(1, Ordering::Relaxed);
            let outcome = self.outcome(nth, session.as_deref()).await;
            self.in_flight.fetch_sub(1, Ordering::Relaxed);
            match outcome {
                Ok(()) => _ = self.answered.fetch_add(1, Ordering::Relaxed),
                Err(why) => {
                    lost += 1;
                    ensure!(lost < 3, "caller {caller} loses call after call: {why}");
                    self.lost.lock().unwrap_or_else(PoisonError::into_inner).push(why);
                }
            }
        }
    }

    /// `Err` says how a call was lost, and where.
    async fn outcome(&self, nth: usize, session: Option<&str>) -> Result<(), String> {
        let response = self.call(nth, session).send().await.map_err(|error| format!("{error:?}"))?;
        let upstream = response.headers().get("x-upstream").and_then(|text| text.to_str().ok()).unwrap_or("?");
        let (status, upstream) = (response.status(), upstream.to_owned());
        match response.text().await {
            Ok(text) if status == 200 && is_result(&text) => Ok(()),
            Ok(text) if status == 200 => Err(format!("an odd answer at {upstream}: {text}")),
            Ok(_) => Err(format!("{} at {upstream}", status.as_u16())),
            Err(_) => Err(format!("cut off at {upstream}")),
        }
    }

    fn end_one(&self) -> anyhow::Result<()> {
        let Wanted { end, signal, .. } = &self.wanted;
        let in_flight = self.in_flight.load(Ordering::Relaxed);
        let sent = Command::new("kill").args(["-s", signal, &end.to_string()]).status()?;
        ensure!(sent.success(), "no signal could be sent to {end}");
        writeln!(stdout(), "SIG{signal} to one of two instances, with {in_flight} calls in flight at both")?;
        Ok(())
    }

    async fn open(&self) -> anyhow::Result<String> {
        let hello = json!({"jsonrpc": "2.0", "id": "open", "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "load", "version": "1"}}});
        let response = self.request(&hello, None, self.wanted.key.as_deref()).send().await?.error_for_status()?;
        let session = response.headers().get("mcp-session-id").context("no session was opened")?.to_str()?.to_owned();
        let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        let initialized = self.request(&initialized, Some(&session), self.wanted.key.as_deref());
        initialized.send().await?.error_for_status()?;
        Ok(session)
    }

    fn call(&self, nth: usize, session: Option<&str>) -> RequestBuilder {
        self.post(nth, session, self.wanted.key.as_deref())
    }

    fn post(&self, nth: usize, session: Option<&str>, key: Option<&str>) -> RequestBuilder {
        const TOOL: &str = "icu_get_recent_activities";
        let mut params = json!({"name": TOOL, "arguments": {"limit": 1}});
        if let (Era::Modern, Some(params)) = (self.wanted.era, params.as_object_mut()) {
            let about = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": {"name": "load", "version": "1"},
                "io.modelcontextprotocol/clientCapabilities": {},
            });
            params.insert("_meta".into(), about);
        }
        let call = json!({"jsonrpc": "2.0", "id": nth, "method": "tools/call", "params": params});
        let request = self.request(&call, session, key);
        match self.wanted.era {
            Era::Modern => request.header("mcp-method", "tools/call").header("mcp-name", TOOL),
            Era::Legacy | Era::Session => request,
        }
    }

    fn request(&self, message: &Value, session: Option<&str>, key: Option<&str>) -> RequestBuilder {
        let version = if self.wanted.era == Era::Modern { "2026-07-28" } else { "2025-11-25" };
        let request = self.http.post(self.wanted.url.clone()).json(message).header("mcp-protocol-version", version);
        let request = request.header("accept", "application/json, text/event-stream");
        let request = match session {
            Some(session) => request.header("mcp-session-id", session),
            None => request,
        };
        match key {
            Some(key) => request.header("x-intervals-api-key", key),
            None => request,
        }
    }
}

/// Of an answer as JSON, or as an event.
fn is_result(text: &str) -> bool {
    text.contains("\"result\":") && !text.contains("\"isError\":true")
}
