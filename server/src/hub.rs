//! The MCP server: one handler behind every transport.
mod request;

#[cfg(feature = "http")]
pub use request::Opening;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
};

use futures::FutureExt;
use icu_core::{Call, Effect, Intervals, JsonMap, Prompt, Resource, Settings, Template, client::Service};
use rmcp::{ErrorData, RoleServer, ServerHandler, model::*, service::RequestContext};

use crate::{
    caller::Caller,
    catalog::{Catalog, Entry, LinkedPack, Name},
    metrics::Metrics,
    observe::{Kind, Watch},
    trace,
    view::{Selection, Unknown, View},
    wire,
};

/// The catalog, and the operator, whom nobody else goes beyond.
pub struct Hub {
    catalog: Catalog,
    operator: Caller,
    structured: bool,
    metrics: Arc<Metrics>,
    /// Every tool as it is listed, made with the first listing.
    listed: OnceLock<BTreeMap<Name, Tool>>,
}

type Mcp<T> = Result<T, ErrorData>;

/// How long a client may keep a list, in milliseconds: what is offered changes with a restart only.
const FRESH: u64 = 3_600_000;

impl Hub {
    /// Fails on a selection that names what is not there.
    pub fn new(
        catalog: Catalog,
        selection: &Selection,
        settings: Settings,
        client: Intervals,
        structured: bool,
    ) -> Result<Self, Unknown> {
        let view = Arc::new(View::new(&catalog, selection)?);
        let metrics = Arc::new(Metrics::new(client.service().clone()));
        let operator = Caller { name: "operator".into(), view: view.clone(), client, settings: Arc::new(settings) };
        Ok(Self { catalog, operator: operator.seeing(view), structured, metrics, listed: OnceLock::new() })
    }

    /// Who runs this server, with the server's own account.
    pub fn operator(&self) -> &Caller {
        &self.operator
    }

    /// What the operator allows.
    pub fn view(&self) -> &View {
        &self.operator.view
    }

    /// What is linked.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The operator's wishes.
    pub fn settings(&self) -> &Settings {
        &self.operator.settings
    }

    /// What is counted.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// The service that is asked, whoever calls.
    pub fn service(&self) -> &Service {
        self.operator.client.service()
    }

    /// A call as this server's operator allows it.
    pub fn call(&self, arguments: JsonMap) -> Call {
        call_of(&self.operator, arguments)
    }

    /// The packs whose prompts and resources a view shows: those that are on and have a tool left in it.
    fn packs<'a>(&'a self, view: &'a View) -> impl Iterator<Item = &'a LinkedPack> {
        self.catalog.packs.values().filter(|linked| view.tools().any(|entry| entry.pack == linked.card.name))
    }

    /// The prompts of a view: those whose tools it shows.
    fn prompts<'a>(&'a self, view: &'a View) -> impl Iterator<Item = (&'a LinkedPack, Prompt)> {
        let prompts =
            self.packs(view).flat_map(|loaded| loaded.pack.prompts().into_iter().map(move |one| (loaded, one)));
        prompts.filter(|(_, prompt)| prompt.needs.iter().all(|tool| view.get(tool).is_some()))
    }

    fn resources<'a>(&'a self, view: &'a View) -> impl Iterator<Item = Resource> {
        let all = self.packs(view).flat_map(|loaded| loaded.pack.resources());
        all.filter(|resource| view.shows(resource.tool))
    }

    fn templates<'a>(&'a self, view: &'a View) -> impl Iterator<Item = (&'a LinkedPack, Template)> {
        let all = self.packs(view).flat_map(|loaded| loaded.pack.templates().into_iter().map(move |one| (loaded, one)));
        all.filter(|(_, template)| view.shows(template.tool))
    }

    fn listed(&self, entry: &Entry) -> Option<&Tool> {
        let make =
            |(name, entry): (&Name, &Entry)| (name.clone(), wire::tool(&entry.tool, self.settings(), self.structured));
        let listed = self.listed.get_or_init(|| self.catalog.tools.iter().map(make).collect());
        listed.get(&entry.tool.name)
    }

    fn instructions(&self) -> String {
        let about = self.packs(self.view()).map(|loaded| loaded.card.about);
        let start =
            "An endurance athlete's Intervals.icu account. Days are the athlete's own; intensity is in percent.";
        [start].into_iter().chain(about).collect::<Vec<_>>().join(" ")
    }

    /// The pack that completes the argument `name` of a prompt or template, and the values that the prompt itself has for it.
    fn completed<'a>(
        &'a self,
        view: &'a View,
        reference: &Reference,
        name: &str,
    ) -> Mcp<(&'a LinkedPack, &'static [&'static str])> {
        match reference {
            Reference::Prompt(reference) => {
                let found = self.prompts(view).find(|(_, prompt)| prompt.name == reference.name);
                let (loaded, prompt) = found.ok_or_else(|| no_reference(&reference.name))?;
                let argument = prompt.arguments.iter().find(|argument| argument.name == name);
                Ok((loaded, argument.ok_or_else(|| no_reference(name))?.choices))
            }
            Reference::Resource(reference) => {
                let found = self.templates(view).find(|(_, template)| template.uri == reference.uri);
                let (loaded, template) = found.ok_or_else(|| no_reference(&reference.uri))?;
                if !icu_core::uri::variables(&template.uri).any(|variable| variable == name) {
                    return Err(no_reference(name));
                }
                Ok((loaded, &[]))
            }
            _ => Err(no_reference("this kind of reference")),
        }
    }

    /// A call on behalf of an MCP request: its cancellation and its progress, and no more than its view allows.
    fn call_for(&self, view: &View, arguments: JsonMap, context: &RequestContext<RoleServer>) -> Call {
        let mut call = call_of(self.caller(context), arguments);
        if view.read_only() {
            call.client = call.client.at_most(Effect::Read);
        }
        call.cancellation = context.ct.clone();
        call.trace = trace::of_request(context);
        call.progress = context.meta.get_progress_token().map(|token| {
            let peer = context.peer.clone();
            Arc::new(move |step| wire::progress(peer.clone(), token.clone(), step).boxed()) as _
        });
        call
    }
}

impl ServerHandler for Hub {
    fn get_info(&self) -> ServerConfig {
        let mut capabilities = ServerCapabilities::builder().enable_tools().build();
        // Declared only where there is something behind it.
        let prompts = self.prompts(self.view()).next().is_some();
        let templates = self.templates(self.view()).next().is_some();
        let resources = templates || self.resources(self.view()).next().is_some();
        capabilities.prompts = prompts.then(PromptsCapability::default);
        capabilities.resources = resources.then(ResourcesCapability::default);
        capabilities.completions = (prompts || templates).then(JsonObject::default);
        let name = Implementation::new("intervals-icu-mcp", env!("CARGO_PKG_VERSION")).with_title("Intervals.icu");
        ServerConfig::new(capabilities).with_server_info(name).with_instructions(self.instructions())
    }

    /// What the HTTP transport holds `Mcp-Param-…` headers against.
    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.view().get(name).and_then(|entry| self.listed(entry).cloned())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListToolsResult> {
        let view = self.view_for(&cx)?;
        let tools = view.tools().filter_map(|entry| self.listed(entry).cloned()).collect();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(FRESH).with_cache_scope(CacheScope::Private))
    }

    async fn call_tool(&self, params: CallToolRequestParams, cx: RequestContext<RoleServer>) -> Mcp<CallToolResponse> {
        let view = self.view_for(&cx)?;
        let watch = Watch::new(&self.metrics, Kind::Tool, &cx);
        let Some(entry) = view.get(&params.name) else {
            watch.unknown();
            return Err(ErrorData::invalid_params(format!("unknown tool: {}", params.name), None));
        };
        let call = self.call_for(&view, params.arguments.unwrap_or_default(), &cx);
        let watch = watch.found(entry.tool.name.clone());
        // One tool that panics must not end everybody's session.
        let outcome = watch.end(AssertUnwindSafe(entry.tool.run(call)).catch_unwind().await);
        Ok(wire::result(outcome, self.structured).into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListPromptsResult> {
        let view = self.view_for(&cx)?;
        let prompts = self.prompts(&view).map(|(_, prompt)| wire::prompt(&prompt)).collect();
        Ok(ListPromptsResult::with_all_items(prompts).with_ttl_ms(FRESH).with_cache_scope(CacheScope::Private))
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<GetPromptResponse> {
        let view = self.view_for(&cx)?;
        let watch = Watch::new(&self.metrics, Kind::Prompt, &cx);
        let Some((_, prompt)) = self.prompts(&view).find(|(_, prompt)| prompt.name == params.name) else {
            watch.unknown();
            return Err(ErrorData::invalid_params(format!("unknown prompt: {}", params.name), None));
        };
        let arguments = params.arguments.unwrap_or_default();
        let render = || prompt.messages(&arguments, &|tool| view.get(tool).is_some());
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
        let view = self.view_for(&cx)?;
        let mut resources: Vec<_> = self.resources(&view).map(wire::resource).collect();
        // Two packs may offer the same text.
        let mut seen = BTreeSet::new();
        resources.retain(|resource| seen.insert(resource.uri.clone()));
        Ok(ListResourcesResult::with_all_items(resources).with_ttl_ms(FRESH).with_cache_scope(CacheScope::Private))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ListResourceTemplatesResult> {
        let view = self.view_for(&cx)?;
        let templates = self.templates(&view).map(|(_, template)| wire::template(template)).collect();
        Ok(ListResourceTemplatesResult::with_all_items(templates)
            .with_ttl_ms(FRESH)
            .with_cache_scope(CacheScope::Private))
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        cx: RequestContext<RoleServer>,
    ) -> Mcp<ReadResourceResponse> {
        let view = self.view_for(&cx)?;
        let watch = Watch::new(&self.metrics, Kind::Resource, &cx);
        let shown = |tool: &str| view.get(tool).map(|entry| entry.tool.clone());
        for loaded in self.packs(&view) {
            let call = self.call_for(&view, JsonMap::new(), &cx);
            let read = AssertUnwindSafe(icu_core::read(&*loaded.pack, &params.uri, &shown, call)).catch_unwind().await;
            if let Some(read) = read.transpose() {
                let read = watch.found(loaded.card.name.into()).end(read).map_err(|e| match e.is_missing() {
                    true => not_found(e.to_string(), &params.uri),
                    false => ErrorData::internal_error(e.to_string(), None),
                })?;
                return Ok(ReadResourceResult::new(vec![wire::contents(read, &params.uri)]).into());
            }
        }
        watch.unknown();
        Err(not_found(format!("no resource {}", params.uri), &params.uri))
    }

    async fn complete(&self, params: CompleteRequestParams, cx: RequestContext<RoleServer>) -> Mcp<CompleteResult> {
        let view = self.view_for(&cx)?;
        let watch = Watch::new(&self.metrics, Kind::Completion, &cx);
        let ArgumentInfo { name, value: typed, .. } = params.argument;
        let (loaded, choices) = match self.completed(&view, &params.r#ref, &name) {
            Ok(found) => found,
            Err(error) => {
                watch.unknown();
                return Err(error);
            }
        };
        let watch = watch.found(loaded.card.name.into());
        let offered = if choices.is_empty() {
            let call = self.call_for(&view, JsonMap::new(), &cx);
            let offered = AssertUnwindSafe(icu_core::complete(&*loaded.pack, &name, &typed, call)).catch_unwind().await;
            offered.map(|offered| offered.unwrap_or_else(|| Ok(vec![])))
        } else {
            Ok(Ok(icu_core::beginning(choices.iter().map(ToString::to_string), &typed)))
        };
        let values = watch.end(offered).map_err(|e| ErrorData::internal_error(e.to_string(), None))?;
        let values = CompletionInfo::new(values).map_err(|e| ErrorData::internal_error(e, None))?;
        Ok(CompleteResult::new(values))
    }
}

fn call_of(caller: &Caller, arguments: JsonMap) -> Call {
    let mut call = Call::new(caller.client.clone(), arguments);
    call.settings = caller.settings.clone();
    call
}

fn not_found(message: String, uri: &str) -> ErrorData {
    ErrorData::resource_not_found(message, Some(serde_json::json!({"uri": uri})))
}

fn no_reference(name: &str) -> ErrorData {
    ErrorData::invalid_params(format!("nothing to complete: {name} is unknown"), None)
}
