//! Research: the two tools that ChatGPT requires of a connector, over all records that have a date or a name.
//!
//! OpenAI prescribes their form ("Building MCP servers for ChatGPT and API integrations"): `search` takes a query and
//! answers `results` of `id`, `title` and `url`; `fetch` takes an id and answers `id`, `title`, `text`, `url` and
//! `metadata`. Both answer as structured content and as the JSON text of the one content item. ChatGPT cites only what has
//! a `url`.
mod activity;
mod candidates;
mod dates;
mod event;
mod fetch;
mod hit;
mod id;
mod library;
#[cfg(test)]
mod marked;
mod order;
mod own;
mod query;
mod search;
mod wellness;
mod words;

struct Research;

impl intervals_core::ToolPack for Research {}

intervals_core::pack! { "research", "Research: search and fetch over activities, calendar, wellness and library.", default: false, Research }
