//! One client's session: the MCP handler behind every transport.
use std::{
    borrow::Cow,
    collections::BTreeSet,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures::FutureExt;
use intervals_catalog::{
    Entry, Name, View,
    spelling::{cut, hint},
};
use intervals_core::{Call, Effect, JsonMap};
use rmcp::{
    ErrorData, Peer, RoleServer, ServerHandler, ServiceError,
    model::*,
    service::{NotificationContext, RequestContext, SubscriptionContext},
};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{
    about_tools,
    current::CurrentHub,
    dynamic::DynamicSession,
    host::SessionHost,
    hub::{Hub, Mcp, call_of, not_found},
    request::{OpenStream, Request},
    switches::Switches,
    watch::{Kind, Watch},
    wire,
};

/// How long a client may keep a list that changes with a restart only, in milliseconds.
const FRESH: u64 = 3_600_000;

/// What one client is shown. Dropped, it tells nobody anything more.
pub struct Session {
    current: Arc<CurrentHub>,
    switches: Arc<Switches>,
    /// All changes since the session began: a subscription is acknowledged before it is run, and must not miss one between.
    changes: Changes,
    /// Whether the client hears of changes without asking.
    hears: AtomicBool,
    /// Whether the client opened it with `initialize`. Otherwise each request over HTTP has one of its own.
    opened: AtomicBool,
    ended: CancellationToken,
    _ended: DropGuard,
}

/// What changes what a session is shown.
#[derive(Clone)]
struct Changes {
    hub: watch::Receiver<Arc<Hub>>,
    switches: watch::Receiver<Option<BTreeSet<Name>>>,
}

impl Changes {
    /// Waits for the next one; false when there will be none.
    async fn next(&mut self) -> bool {
        tokio::select! {
            changed = self.hub.changed() => changed.is_ok(),
            changed = self.switches.changed() => changed.is_ok(),
        }
    }
}

impl Session {
    /// A new one.
    pub fn new(current: Arc<CurrentHub>) -> Self {
        let ended = CancellationToken::new();
        let switches = Arc::new(Switches::default());
        let changes = Changes { hub: current.watch(), switches: switches.watch() };
        Self {
            current,
            switches,
            changes,
            hears: AtomicBool::new(false),
            opened: AtomicBool::new(false),
            _ended: ended.clone().drop_guard(),
            ended,
        }
    }

    fn hub(&self) -> Arc<Hub> {
        self.current.hub()
    }

    fn fresh(&self) -> u64 {
        if self.current.changes() { 0 } else { FRESH }
    }

    /// What is listed and may be called: what the caller and the request allow, of the packs that are on.
    fn view_for<'a>(&self, hub: &'a Hub, cx: &'a RequestContext<RoleServer>) -> Mcp<Cow<'a, View>> {
        Ok(hub.listed(Request(cx).allowed(hub)?, self.switches.on().as_ref()))
    }

    /// Whether what this request switches still holds for the next one.
    fn lasts(&self, request: Request<'_>) -> bool {
        request.is_operators() || request.has_opening() || self.opened.load(Ordering::Relaxed)
    }

    /// A call on behalf of an MCP request: its cancellation and its host, and no more than its view allows.
    fn call_for(&self, hub: &Arc<Hub>, view: &View, arguments: JsonMap, cx: &RequestContext<RoleServer>) -> Mcp<Call> {
        let mut call = call_of(Request(cx).admission(hub)?, arguments);
        if view.read_only() {
            call.client = call.client.with_max_effect(Effect::Read);
        }
        call.cancellation = cx.ct.child_token();
        call.trace = Request(cx).trace();
        let dynamic = match hub.is_dynamic() {
            true => Some(DynamicSession {
                hub: hub.clone(),
                allowed: Request(cx).allowed(hub)?.into_owned(),
                switches: self.lasts(Request(cx)).then(|| self.switches.clone()),
                refused: self.current.refused(),
                operator: Request(cx).is_operators(),
            }),
            false => None,
        };
        call.host = Arc::new(SessionHost::new(cx, dynamic));
        Ok(call)
    }
}

/// What is said of a tool that is not listed, with the next move.
fn not_listed(name: &str, view: &View, allowed: &View, known: bool) -> String {
    let Some(Entry { pack, tool, .. }) = allowed.get(name) else {
        // Another one would be no help for what is hidden.
        let near = if known { String::new() } else { hint(name, view.tools().map(|entry| &*entry.tool.name)) };
        return format!("unknown tool: {}{near}", cut(name));
    };
    let through = if tool.effect == Effect::Read { "icu_call_read" } else { "icu_call_write" };
    format!("{name} is not listed: call it with {through}, or switch pack {pack} on")
}

/// What a prompt may tell a model to call.
struct Callable<'a> {
    hub: &'a Hub,
    view: &'a View,
}

impl intervals_core::prompt::Callable for Callable<'_> {
    fn shows(&self, tool: &str) -> bool {
        self.view.get(tool).is_some()
    }

    fn takes(&self, tool: &str, argument: &str) -> bool {
        // What the operator gives has left the schema.
        let settings = self.hub.settings().clone().with_coach();
        let schema = self.view.get(tool).map(|entry| entry.tool.input_schema(&settings));
        schema.is_some_and(|schema| schema.get("properties").is_some_and(|known| known.get(argument).is_some()))
    }
}

/// Says that all lists may have changed.
async fn tell(peer: &Peer<RoleServer>) -> Result<(), ServiceError> {
    peer.notify_tool_list_changed().await?;
    peer.notify_prompt_list_changed().await?;
    peer.notify_resource_list_changed().await
}

impl ServerHandler for Session {
    fn get_info(&self) -> ServerConfig {
        let hub = self.hub();
        // Declared only where there is something behind it, or may come.
        let may_come = self.current.changes();
        let prompts = may_come || hub.prompts(hub.view()).next().is_some();
        let templates = may_come || hub.templates(hub.view()).next().is_some();
        let resources = templates || hub.resources(hub.view()).next().is_some();
        let mut capabilities = ServerCapabilities::default();
        let changes = may_come.then_some(true);
        let (mut tools, mut prompt, mut resource) =
            (ToolsCapability::default(), PromptsCapability::default(), ResourcesCapability::default());
        (tools.list_changed, prompt.list_changed, resource.list_changed) = (changes, changes, changes);
        capabilities.tools = Some(tools);
        capabilities.prompts = prompts.then_some(prompt);
        capabilities.resources = resources.then_some(resource);
        capabilities.completions = (prompts || templates).then(JsonObject::default);
        let name = Implementation::new("intervals-icu-mcp", env!("CARGO_PKG_VERSION")).with_title("Intervals.icu");
        ServerConfig::new(capabilities).with_server_info(name).with_instructions(hub.instructions())
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<InitializeResult> {
        self.opened.store(true, Ordering::Relaxed);
        cx.peer.set_peer_info(request.clone());
        self.negotiate_initialize(&request)
    }

    /// What the HTTP transport holds `Mcp-Param-…` headers against.
    fn get_tool(&self, name: &str) -> Option<Tool> {
        let hub = self.hub();
        hub.view().get(name).and_then(|entry| hub.tool(entry).cloned())
    }

    /// Sessions before 2026-07-28 are told without asking.
    async fn on_initialized(&self, cx: NotificationContext<RoleServer>) {
        // Only the first of these notifications begins a session.
        if self.current.changes() && !self.hears.swap(true, Ordering::Relaxed) {
            let (peer, mut changes) = (cx.peer, self.changes.clone());
            tokio::spawn(self.ended.clone().run_until_cancelled_owned(async move {
                // A peer that is gone is told nothing more.
                while changes.next().await && tell(&peer).await.is_ok() {}
            }));
        }
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        self.current.changes().then(|| requested.clone())
    }

    async fn listen(&self, cx: SubscriptionContext) -> Mcp<()> {
        // From its acknowledgement on it waits, and works on nothing.
        if let Some(OpenStream(settle)) = Request(cx.request_context()).open_stream() {
            settle().map_err(|full| ErrorData::internal_error(full, None))?;
        }
        let mut changes = self.changes.clone();
        let stop = &cx.request_context().ct;
        while stop.run_until_cancelled(changes.next()).await == Some(true) {
            let sink = cx.sink();
            // Each is sent only if it was asked for.
            let sent = futures::join!(
                sink.notify_tool_list_changed(),
                sink.notify_prompt_list_changed(),
                sink.notify_resource_list_changed()
            );
            if let (Err(error), ..) = sent {
                tracing::debug!(%error, "a subscription ended");
                break;
            }
        }
        Ok(())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListToolsResult> {
        let hub = self.hub();
        let view = self.view_for(&hub, &cx)?;
        let tools = view.tools().filter_map(|entry| hub.tool(entry).cloned()).collect();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(self.fresh()).with_cache_scope(CacheScope::Private))
    }

    async fn call_tool(&self, params: CallToolRequestParams, cx: RequestContext<RoleServer>) -> Mcp<CallToolResponse> {
        let hub = self.hub();
        let watch = Watch::new(hub.metrics(), Kind::Tool, Request(&cx));
        let (view, watch) = watch.or_unknown(self.view_for(&hub, &cx))?;
        let Some(entry) = view.get(&params.name) else {
            watch.unknown();
            let known = hub.catalog().tools.contains_key(&*params.name);
            return Err(ErrorData::invalid_params(
                not_listed(&params.name, &view, &*Request(&cx).allowed(&hub)?, known),
                None,
            ));
        };
        let arguments = params.arguments.unwrap_or_default();
        // What is called through another one counts as called.
        let allowed = Request(&cx).allowed(&hub)?;
        let called = about_tools::called(entry, &arguments).and_then(|name| allowed.get(name)).unwrap_or(entry);
        let watch = watch.found(called.tool.name.clone());
        let call = self.call_for(&hub, &view, arguments, &cx)?;
        let cancellation = call.cancellation.clone();
        // One tool that panics must not end everybody's session.
        let mut run = Box::pin(AssertUnwindSafe(entry.tool.run(call)).catch_unwind());
        let outcome = match self.current.ending().run_until_cancelled(&mut run).await {
            Some(outcome) => outcome,
            None => {
                cancellation.cancel();
                run.await
            }
        };
        let outcome = watch.end(outcome);
        Ok(wire::result(outcome, hub.structured).into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListPromptsResult> {
        let hub = self.hub();
        let view = self.view_for(&hub, &cx)?;
        let prompts = hub.prompts(&view).map(|(_, prompt)| wire::prompt(&prompt)).collect();
        Ok(ListPromptsResult::with_all_items(prompts).with_ttl_ms(self.fresh()).with_cache_scope(CacheScope::Private))
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<GetPromptResponse> {
        let hub = self.hub();
        let watch = Watch::new(hub.metrics(), Kind::Prompt, Request(&cx));
        let (view, watch) = watch.or_unknown(self.view_for(&hub, &cx))?;
        let Some((_, prompt)) = hub.prompts(&view).find(|(_, prompt)| prompt.name == params.name) else {
            watch.unknown();
            return Err(ErrorData::invalid_params(format!("unknown prompt: {}", cut(&params.name)), None));
        };
        let arguments = params.arguments.unwrap_or_default();
        let render = || prompt.messages(&arguments, &Callable { hub: &hub, view: &view });
        let render = watch.found(prompt.name.into()).end(std::panic::catch_unwind(AssertUnwindSafe(render)));
        let messages = render.map_err(|e| ErrorData::invalid_params(e.to_string(), None))?;
        let result = GetPromptResult::new(messages.into_iter().map(wire::message).collect());
        Ok(result.with_description(prompt.description).into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListResourcesResult> {
        let hub = self.hub();
        let view = self.view_for(&hub, &cx)?;
        let mut resources: Vec<_> = hub.resources(&view).map(wire::resource).collect();
        // Two packs may offer the same text.
        let mut seen = BTreeSet::new();
        resources.retain(|resource| seen.insert(resource.uri.clone()));
        Ok(ListResourcesResult::with_all_items(resources)
            .with_ttl_ms(self.fresh())
            .with_cache_scope(CacheScope::Private))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListResourceTemplatesResult> {
        let hub = self.hub();
        let view = self.view_for(&hub, &cx)?;
        let templates = hub.templates(&view).map(|(_, template)| wire::template(template)).collect();
        Ok(ListResourceTemplatesResult::with_all_items(templates)
            .with_ttl_ms(self.fresh())
            .with_cache_scope(CacheScope::Private))
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ReadResourceResponse> {
        let hub = self.hub();
        let watch = Watch::new(hub.metrics(), Kind::Resource, Request(&cx));
        let (view, watch) = watch.or_unknown(self.view_for(&hub, &cx))?;
        let shown = |tool: &str| view.get(tool).map(|entry| entry.tool.clone());
        for loaded in hub.packs(&view) {
            let call = self.call_for(&hub, &view, JsonMap::new(), &cx)?;
            let read = AssertUnwindSafe(intervals_core::registry::read(&*loaded.pack, &params.uri, &shown, call))
                .catch_unwind()
                .await;
            if let Some(read) = read.transpose() {
                let read = watch.found(loaded.card.name.clone()).end(read).map_err(|e| match e.is_missing() {
                    true => not_found(e.to_string(), &params.uri),
                    false => ErrorData::internal_error(e.to_string(), None),
                })?;
                return Ok(ReadResourceResult::new(vec![wire::contents(read, &params.uri)]).into());
            }
        }
        watch.unknown();
        Err(not_found(format!("no resource {}", cut(&params.uri)), &params.uri))
    }

    async fn complete(&self, params: CompleteRequestParams, cx: RequestContext<RoleServer>) -> Mcp<CompleteResult> {
        let hub = self.hub();
        let watch = Watch::new(hub.metrics(), Kind::Completion, Request(&cx));
        let (view, watch) = watch.or_unknown(self.view_for(&hub, &cx))?;
        let ArgumentInfo { name, value: typed, .. } = params.argument;
        let (loaded, choices) = match hub.completed(&view, &params.r#ref, &name) {
            Ok(found) => found,
            Err(error) => {
                watch.unknown();
                return Err(error);
            }
        };
        let watch = watch.found(loaded.card.name.clone());
        let offered = if choices.is_empty() {
            let call = self.call_for(&hub, &view, JsonMap::new(), &cx)?;
            let offered = AssertUnwindSafe(intervals_core::registry::complete(&*loaded.pack, &name, &typed, call))
                .catch_unwind()
                .await;
            offered.map(|offered| offered.unwrap_or_else(|| Ok(vec![])))
        } else {
            Ok(Ok(intervals_core::completion::matching(choices.iter().map(ToString::to_string), &typed)))
        };
        let values = watch.end(offered).map_err(|e| ErrorData::internal_error(e.to_string(), None))?;
        let values = CompletionInfo::new(values).map_err(|e| ErrorData::internal_error(e, None))?;
        Ok(CompleteResult::new(values))
    }
}
