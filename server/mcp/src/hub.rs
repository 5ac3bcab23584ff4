//! What is offered: the catalog, and the operator's selection of it. Never changed; a new one takes its place.
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use intervals_catalog::{
    Budget, Catalog, Entry, Filter, Index, LinkedPack, Name, Selection, Unknown, View, Why, spelling::cut,
};
use intervals_core::{
    Call, Intervals, JsonMap, Settings,
    client::Service,
    content::{Resource, Template},
    prompt::Prompt,
    text::truncate,
};
use rmcp::{ErrorData, model::*};

use crate::{
    admission::Admission,
    metrics::{Metrics, Uncounted},
    wire,
};

/// The catalog, and the operator, whom nobody else goes beyond.
pub struct Hub {
    catalog: Catalog,
    filter: Filter,
    operator: Admission,
    /// Whether answers and lists are structured too.
    pub(crate) structured: bool,
    /// The packs that are on when a session begins, if sessions may switch them.
    start: Option<BTreeSet<Name>>,
    /// What the operator allows, whether or not there is room for it.
    ceiling: Arc<View>,
    /// How much anybody is listed.
    budget: Option<Budget>,
    metrics: Arc<dyn Metrics>,
    index: OnceLock<Index>,
    /// The tools as they are listed, each made with the first list that has it.
    tools: BTreeMap<Name, OnceLock<Tool>>,
}

pub(crate) type Mcp<T> = Result<T, ErrorData>;

impl Hub {
    /// Fails on a selection that names what is not there.
    pub fn new(
        catalog: Catalog,
        selection: &Selection,
        settings: Settings,
        client: Intervals,
        structured: bool,
    ) -> Result<Self, Unknown> {
        let filter = Filter::new(&catalog, selection)?;
        Ok(Self::filtered(catalog, filter, settings, client, structured))
    }

    /// A hub that offers what the filter leaves of the catalog.
    pub fn filtered(catalog: Catalog, filter: Filter, settings: Settings, client: Intervals, structured: bool) -> Self {
        let view = Arc::new(filter.view(&catalog));
        let tools = catalog.tools.keys().map(|name| (name.clone(), OnceLock::new())).collect();
        let operator = Admission { name: "operator".into(), view: view.clone(), client, settings: Arc::new(settings) };
        Self {
            catalog,
            filter,
            operator: operator.seeing(view.clone()),
            ceiling: view,
            structured,
            start: None,
            budget: None,
            index: OnceLock::new(),
            metrics: Arc::new(Uncounted),
            tools,
        }
    }

    /// The same, which goes on counting where another one stops.
    pub fn counting(self, metrics: Arc<dyn Metrics>) -> Self {
        Self { metrics, ..self }
    }

    /// The same, whose sessions begin with these packs and may switch all that the operator allows.
    pub fn dynamic(self, start: BTreeSet<Name>) -> Self {
        Self { start: Some(start), ..self }
    }

    /// The same, of which nobody is listed more than so many tokens, 0 for no limit. Fails when that leaves nothing. Said last: it
    /// counts what the view shows.
    pub fn within(self, limit: usize) -> Result<Self, Unknown> {
        if limit == 0 || self.view().tools().next().is_none() {
            return Ok(self);
        }
        let budget = Budget::new(limit, self.view().tools(), self.settings());
        let least = budget.least(self.view().tools());
        if limit < least {
            let problem = format!("{limit} tokens have no room for the first tools, which take about {least}");
            return Err(Unknown { key: "max_tool_tokens", problem });
        }
        let operator = match self.start {
            // A session of theirs switches what there is.
            Some(_) => self.operator,
            None => {
                let view = self.operator.view.within(&budget);
                self.operator.seeing(view.into())
            }
        };
        Ok(Self { operator, budget: Some(budget), ..self })
    }

    /// What is listed of a view: of the packs that are on, what has room.
    pub fn listed<'a>(&self, view: Cow<'a, View>, switched: Option<&BTreeSet<Name>>) -> Cow<'a, View> {
        // A session may have switched before the operator took that away.
        let switched = switched.filter(|_| self.is_dynamic());
        let view = match switched.or(self.start.as_ref()) {
            Some(on) => Cow::Owned(view.of_packs(on)),
            None => view,
        };
        match &self.budget {
            Some(budget) => Cow::Owned(view.within(budget)),
            None => view,
        }
    }

    /// What the operator's session lists when it begins.
    pub fn at_start(&self) -> Cow<'_, View> {
        self.listed(Cow::Borrowed(self.view()), None)
    }

    /// Whether sessions may switch packs.
    pub fn is_dynamic(&self) -> bool {
        self.start.is_some()
    }

    /// How much is listed, when there is a limit.
    pub fn budget(&self) -> Option<&Budget> {
        self.budget.as_ref()
    }

    /// Why each tool of the catalog is in or out.
    pub fn reasons(&self) -> BTreeMap<&Name, Why> {
        let shown = self.at_start();
        let later = |entry: &Entry| self.start.as_ref().is_some_and(|on| !on.contains(&entry.pack));
        let why = |entry: &Entry| match self.filter.leaves_out(entry) {
            Some(why) => why,
            None if shown.get(&entry.tool.name).is_some() => Why::Offered,
            None if later(entry) && !entry.about_tools => Why::Later,
            None => Why::Budget,
        };
        self.catalog.tools.iter().map(|(name, entry)| (name, why(entry))).collect()
    }

    /// What the operator selected.
    pub fn selection(&self) -> &Selection {
        self.filter.selection()
    }

    /// The packs that are on when a session begins, if it may switch them; none otherwise.
    pub fn start(&self) -> &BTreeSet<Name> {
        static NONE: BTreeSet<Name> = BTreeSet::new();
        self.start.as_ref().unwrap_or(&NONE)
    }

    /// Finds tools of the catalog by what is asked.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.catalog))
    }

    /// Who runs this server, with the server's own account.
    pub fn operator(&self) -> &Admission {
        &self.operator
    }

    /// What the operator is offered.
    pub fn view(&self) -> &View {
        &self.operator.view
    }

    /// What the operator allows: of a part of it there may be room for more than of all.
    pub fn ceiling(&self) -> &Arc<View> {
        &self.ceiling
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
    pub fn metrics(&self) -> &dyn Metrics {
        &*self.metrics
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
    pub(crate) fn packs<'a>(&'a self, view: &'a View) -> impl Iterator<Item = &'a LinkedPack> {
        self.catalog.packs.values().filter(|linked| view.tools().any(|entry| entry.pack == linked.card.name))
    }

    /// The prompts of a view: those whose tools it shows.
    pub(crate) fn prompts<'a>(&'a self, view: &'a View) -> impl Iterator<Item = (&'a LinkedPack, Prompt)> {
        let prompts =
            self.packs(view).flat_map(|loaded| loaded.pack.prompts().into_iter().map(move |one| (loaded, one)));
        prompts.filter(|(_, prompt)| prompt.needs.iter().all(|tool| view.get(tool).is_some()))
    }

    pub(crate) fn resources<'a>(&'a self, view: &'a View) -> impl Iterator<Item = Resource> {
        let all = self.packs(view).flat_map(|loaded| loaded.pack.resources());
        all.filter(|resource| view.shows(resource.tool))
    }

    pub(crate) fn templates<'a>(&'a self, view: &'a View) -> impl Iterator<Item = (&'a LinkedPack, Template)> {
        let all = self.packs(view).flat_map(|loaded| loaded.pack.templates().into_iter().map(move |one| (loaded, one)));
        all.filter(|(_, template)| view.shows(template.tool))
    }

    /// The tool as it is listed.
    pub(crate) fn tool(&self, entry: &Entry) -> Option<&Tool> {
        let tool = self.tools.get(&entry.tool.name)?;
        Some(tool.get_or_init(|| wire::tool(&entry.tool, self.settings(), self.structured)))
    }

    pub(crate) fn instructions(&self) -> String {
        let about = self.packs(self.view()).map(|loaded| &*loaded.card.about);
        let start =
            "An endurance athlete's Intervals.icu account. Days are the athlete's own; intensity is in percent.";
        [start].into_iter().chain(about).collect::<Vec<_>>().join(" ")
    }

    /// The pack that completes the argument `name` of a prompt or template, and the values that the prompt itself has for it.
    pub(crate) fn completed<'a>(
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
                if !intervals_core::uri::variables(&template.uri).any(|variable| variable == name) {
                    return Err(no_reference(name));
                }
                Ok((loaded, &[]))
            }
            _ => Err(no_reference("this kind of reference")),
        }
    }
}

pub(crate) fn call_of(caller: &Admission, arguments: JsonMap) -> Call {
    let mut call = Call::new(caller.client.clone(), arguments);
    call.settings = caller.settings.clone();
    call
}

pub(crate) fn not_found(message: String, uri: &str) -> ErrorData {
    ErrorData::resource_not_found(message, Some(serde_json::json!({"uri": truncate(uri, 512)})))
}

fn no_reference(name: &str) -> ErrorData {
    ErrorData::invalid_params(format!("nothing to complete: {} is unknown", cut(name)), None)
}
