//! The hub, and what the suite wants of a server that no pack gives.
#![allow(deprecated, reason = "logging and subscriptions of sessions are still part of 2025-11-25")]
use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use intervals_mcp::{CurrentHub, Session};
use rmcp::{ErrorData, RoleServer, ServerHandler, model::*, service::RequestContext};
use serde_json::json;

use crate::{asks, rounds};

/// Two tools that log while they run.
const LOGGING: [&str; 2] = ["test_tool_with_logging", "test_logging_tool"];

/// The hub behind the fixtures that no pack gives.
pub struct Wrapped {
    hub: Session,
    seal: RandomState,
}

type Context = RequestContext<RoleServer>;
type Mcp<T> = Result<T, ErrorData>;

impl Wrapped {
    /// Wraps the hub.
    pub fn around(current: Arc<CurrentHub>) -> Self {
        Self { hub: Session::new(current), seal: RandomState::new() }
    }

    fn ask(
        &self,
        name: &str,
        responses: Option<&InputResponses>,
        state: Option<&str>,
        cx: &Context,
    ) -> Option<Mcp<Option<InputRequiredResult>>> {
        let client = cx.client_capabilities().unwrap_or_default();
        let state_of = |round| format!("{round}.{:016x}", self.seal.hash_one((name, round)));
        Some(rounds::next(&asks::of(name)?, responses, state, &client, state_of))
    }
}

/// Whether the request is of 2026-07-28, which has no sessions.
fn is_modern(cx: &Context) -> bool {
    cx.protocol_version().is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}

fn tool(name: &'static str) -> Tool {
    let description = "A fixture that no pack gives.";
    let properties = match name {
        "test_sampling" => json!({"prompt": {"type": "string"}}),
        "test_elicitation" => json!({"message": {"type": "string"}}),
        _ => json!({}),
    };
    let schema = JsonObject::from_iter([("type".into(), json!("object")), ("properties".into(), properties)]);
    Tool::new(name, description, Arc::new(schema))
}

fn text(text: impl Into<String>) -> CallToolResponse {
    CallToolResult::success(vec![ContentBlock::text(text)]).into()
}

/// Three messages, unless a 2026-07-28 client did not ask for any.
async fn log(cx: &Context) {
    if is_modern(cx) && cx.meta.log_level().is_none() {
        return;
    }
    for said in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
        let message = LoggingMessageNotificationParam::new(LoggingLevel::Info, json!(said));
        if let Err(error) = cx.peer.notify_logging_message(message).await {
            eprintln!("the client takes no log: {error}");
        }
    }
}

impl ServerHandler for Wrapped {
    fn get_info(&self) -> ServerConfig {
        let mut info = self.hub.get_info();
        info.capabilities.logging = Some(JsonObject::new());
        if let Some(resources) = &mut info.capabilities.resources {
            resources.subscribe = Some(true);
        }
        info
    }

    async fn set_level(&self, _: SetLevelRequestParams, cx: Context) -> Mcp<()> {
        if is_modern(&cx) { Err(ErrorData::method_not_found::<SetLevelRequestMethod>()) } else { Ok(()) }
    }

    async fn subscribe(&self, _: SubscribeRequestParams, _: Context) -> Mcp<()> {
        Ok(())
    }

    async fn unsubscribe(&self, _: UnsubscribeRequestParams, _: Context) -> Mcp<()> {
        Ok(())
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.hub.get_tool(name)
    }

    async fn list_tools(&self, page: Option<PaginatedRequestParams>, cx: Context) -> Mcp<ListToolsResult> {
        let mut listed = self.hub.list_tools(page, cx).await?;
        listed.tools.extend([&asks::ASKING[..], &asks::ASKING_OLDER, &LOGGING].concat().into_iter().map(tool));
        Ok(listed)
    }

    async fn call_tool(&self, params: CallToolRequestParams, cx: Context) -> Mcp<CallToolResponse> {
        let asked = self.ask(&params.name, params.input_responses.as_ref(), params.request_state.as_deref(), &cx);
        if let Some(asked) = asked {
            return Ok(asked?.map_or_else(|| text("Everything was answered; state-ok."), Into::into));
        }
        if let Some(request) = asks::older(&params.name, &params.arguments.clone().unwrap_or_default()) {
            let request = serde_json::from_value::<ServerRequest>(request);
            let request = request.map_err(|e| ErrorData::internal_error(e.to_string(), None))?;
            return Ok(match cx.peer.send_request(request).await {
                Ok(answer) => text(format!("The client answered {}", json!(answer))),
                Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]).into(),
            });
        }
        if LOGGING.contains(&&*params.name) {
            log(&cx).await;
            return Ok(text("Logged."));
        }
        self.hub.call_tool(params, cx).await
    }

    async fn list_prompts(&self, page: Option<PaginatedRequestParams>, cx: Context) -> Mcp<ListPromptsResult> {
        let mut listed = self.hub.list_prompts(page, cx).await?;
        listed.prompts.push(Prompt::new(asks::ASKING_PROMPT, Some("A fixture that no pack gives."), None));
        Ok(listed)
    }

    async fn get_prompt(&self, params: GetPromptRequestParams, cx: Context) -> Mcp<GetPromptResponse> {
        if params.name != asks::ASKING_PROMPT {
            return self.hub.get_prompt(params, cx).await;
        }
        let asked = self.ask(&params.name, params.input_responses.as_ref(), params.request_state.as_deref(), &cx);
        let message = PromptMessage::new(Role::User, ContentBlock::text("Use the context that was given."));
        Ok(match asked.transpose()?.flatten() {
            Some(required) => required.into(),
            None => GetPromptResult::new(vec![message]).into(),
        })
    }

    async fn list_resources(&self, page: Option<PaginatedRequestParams>, cx: Context) -> Mcp<ListResourcesResult> {
        self.hub.list_resources(page, cx).await
    }

    async fn list_resource_templates(
        &self,
        page: Option<PaginatedRequestParams>,
        cx: Context,
    ) -> Mcp<ListResourceTemplatesResult> {
        self.hub.list_resource_templates(page, cx).await
    }

    async fn read_resource(&self, params: ReadResourceRequestParams, cx: Context) -> Mcp<ReadResourceResponse> {
        self.hub.read_resource(params, cx).await
    }

    async fn complete(&self, params: CompleteRequestParams, cx: Context) -> Mcp<CompleteResult> {
        self.hub.complete(params, cx).await
    }
}
