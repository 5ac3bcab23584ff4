//! The packs that are checked against the rules, and their policy.
use super::find;
use crate::{
    JsonMap, Pack, Settings, tokens,
    tool::{TOOLS, ToolDef},
};

/// Packs and their tools, to check against the [rules](super::rules).
pub struct PackUnderTest {
    /// The packs.
    pub packs: Vec<&'static Pack>,
    /// Their tools, sorted by name.
    pub tools: Vec<&'static ToolDef>,
    /// Their exceptions from the rules.
    pub policy: Policy,
}

/// A tool, and the reason of its exception.
pub type Exception = (&'static str, &'static str);

/// Exceptions of a pack from the rules, with reasons. The default has none.
#[derive(Clone, Copy)]
pub struct Policy {
    /// The prefix of tool names: `icu_`, or the pack's own, such as `acme_`.
    pub prefix: &'static str,
    /// Tools whose name, arguments and answer are prescribed from outside.
    pub prescribed: &'static [Exception],
    /// Tools that need many arguments; they may cost 400 tokens.
    pub wide: &'static [Exception],
    /// Tools whose description describes their arguments.
    pub summed_up: &'static [Exception],
    /// Tool and argument of arguments that exclude another one; the example call omits them.
    pub left_out: &'static [(&'static str, &'static str)],
    /// Arguments for which a tool needs another example than the shared one: tool, argument, value as JSON.
    pub examples: &'static [(&'static str, &'static str, &'static str)],
    /// Tools that prompts may name although no pack of this binary has them.
    pub elsewhere: &'static [&'static str],
    /// Counts the tokens of a tool's JSON. The default is the estimate that the server prints with `~`; an exact count is possible
    /// too.
    pub tokens: fn(&str) -> usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            prefix: "icu_",
            prescribed: &[],
            wide: &[],
            summed_up: &[],
            left_out: &[],
            examples: &[],
            elsewhere: &[],
            tokens: tokens::estimate,
        }
    }
}

impl PackUnderTest {
    /// Every linked pack.
    pub fn linked(policy: Policy) -> Self {
        Self::of(crate::pack::packs(), TOOLS.iter(), policy)
    }

    /// The pack of the crate with one of these names, with the tools of that crate alone.
    ///
    /// Panics when no such pack is linked.
    #[allow(clippy::panic, reason = "for tests only")]
    pub fn of_crate(names: [&str; 2], policy: Policy) -> Self {
        let names = names.map(|name| name.replace('-', "_"));
        let Some(pack) = crate::pack::packs().into_iter().find(|pack| names.iter().any(|name| name == pack.krate))
        else {
            let [this, package] = names;
            panic!("no pack of {this} or {package} is linked; name the crate in the test: `use {package} as _;`");
        };
        Self::of([pack], TOOLS.iter().filter(|tool| tool.krate == pack.krate), policy)
    }

    fn of(
        packs: impl IntoIterator<Item = &'static Pack>,
        tools: impl IntoIterator<Item = &'static ToolDef>,
        policy: Policy,
    ) -> Self {
        let mut tools: Vec<_> = tools.into_iter().collect();
        tools.sort_by(|one, other| one.name.cmp(&other.name));
        Self { packs: packs.into_iter().collect(), tools, policy }
    }

    /// The tool with this name, in these packs or in another linked one.
    pub fn find(&self, name: &str) -> Option<&'static ToolDef> {
        self.tools.iter().copied().find(|tool| tool.name == name).or_else(|| find(name))
    }

    /// The arguments of a valid call: the tool's examples, without those that exclude others.
    pub fn example(&self, tool: &ToolDef) -> JsonMap {
        let mut arguments = tool.example(&Settings::default());
        arguments.retain(|name, _| !self.policy.left_out.contains(&(&*tool.name, name)));
        for (_, argument, value) in self.policy.examples.iter().filter(|(of, ..)| *of == tool.name) {
            arguments.insert((*argument).into(), serde_json::from_str(value).unwrap_or_default());
        }
        arguments
    }

    /// The faults of each tool, after its name.
    pub(super) fn of_tools(&self, faults: impl Fn(&ToolDef) -> Vec<String>) -> Vec<String> {
        let named = |tool: &&'static ToolDef| {
            let name = &*tool.name;
            faults(tool).into_iter().map(move |fault| format!("{name}: {fault}"))
        };
        self.tools.iter().flat_map(named).collect()
    }

    /// The faults of each pack, after its name.
    pub(super) fn of_packs(&self, faults: impl Fn(&Pack) -> Vec<String>) -> Vec<String> {
        let named = |pack: &&'static Pack| {
            let name = pack.name;
            faults(pack).into_iter().map(move |fault| format!("{name}: {fault}"))
        };
        self.packs.iter().flat_map(named).collect()
    }
}

/// Whether the tool is among the exceptions.
pub(super) fn is_in(exceptions: &[Exception], tool: &ToolDef) -> bool {
    exceptions.iter().any(|(name, _)| *name == tool.name)
}

/// Settings that put every argument into the schema.
pub(super) fn all_arguments() -> Settings {
    Settings { coach: true, ..Settings::default() }
}
