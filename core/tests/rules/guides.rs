//! Tests of the rules about prompts and resources.
use intervals_core::{
    Effect, Pack, ToolPack,
    content::{Resource, Template},
    prompt::{Prompt, PromptArgument},
    testing::{Policy, demo, rules},
};
use rstest::rstest;

use super::{GUIDES, Guides, PACK, finds, subject, tool, with_tool};

const PLAN: Prompt = Prompt::new("plan", "Plan", "Plans.")
    .with_arguments(&[PromptArgument::new("day", "Which.")])
    .with_needs(&["icu_good"])
    .with_render(|call| {
        call.plan("Look:", &[(format!("icu_good(date=\"a, b=c\", date={})", call.get("day")), "first")], "Done.")
    });

fn resource(tool: Option<&'static str>) -> Resource {
    let uri = "good://all";
    Resource::new(uri, "All", "All.", "text/plain").with_tool(tool)
}

fn template(tool: Option<&'static str>) -> Template {
    let uri = "good://of/{date}";
    Template::new(uri, "Day", "A day.").with_tool(tool)
}

/// One prompt, resource and template, without faults.
pub const FULL: Guides = Guides {
    prompts: || vec![PLAN],
    resources: || vec![resource(None)],
    templates: || vec![template(Some("icu_good"))],
    text: Some("All that is good."),
    // Only the second one is a day.
    offers: Some(&["yesterday", "2026-07-01"]),
};

type Build = fn() -> Box<dyn ToolPack>;

#[rstest]
#[case(|| with(PLAN.with_render(|_| "Call icu_bad.".into())), "plan: it names icu_bad, which is not linked here")]
#[case(|| with(PLAN.with_render(|_| "Call icu_good(day=1, date=2).".into())), "plan: icu_good has no day")]
#[case(|| with(PLAN.with_needs(&["icu_good", "icu_bad"])), "plan: it needs icu_bad, which is not linked here")]
#[case(|| with(PLAN.with_needs(&[])), "plan: it needs no tool")]
fn a_prompt_that_leads_nowhere_is_found(#[case] build: Build, #[case] fault: &str) {
    finds(&rules::prompts(&subject(Pack { build, ..PACK }, [tool()], Policy::default())), fault);
}

fn with(prompt: Prompt) -> Box<dyn ToolPack> {
    struct Of(std::sync::Mutex<Option<Prompt>>);
    impl ToolPack for Of {
        fn prompts(&self) -> Vec<Prompt> {
            self.0.lock().unwrap().take().into_iter().collect()
        }
    }
    Box::new(Of(Some(prompt).into()))
}

#[test]
fn a_prompt_that_names_what_is_hidden_is_found() {
    let also = intervals_core::registry::ToolDef { name: "acme_also".into(), ..tool() };
    let build: Build = || with(PLAN.with_render(|_| "Call icu_good, then acme_also.".into()));
    let policy = Policy { prefix: "acme_", ..Policy::default() };
    let faults = rules::prompts(&subject(Pack { build, ..PACK }, [tool(), also], policy));
    finds(&faults, "plan: it names acme_also where that is hidden");
}

#[test]
fn a_prompt_may_lead_to_a_tool_that_is_said_to_be_elsewhere() {
    let build: Build = || with(PLAN.with_needs(&["icu_good", "icu_far"]).with_render(|_| "Call icu_far(x=1).".into()));
    let policy = Policy { elsewhere: &["icu_far"], ..Policy::default() };
    rules::hold(&rules::prompts(&subject(Pack { build, ..PACK }, [tool()], policy)));
}

#[rstest]
#[case(|| boxed(Guides { resources: || vec![resource(Some("icu_bad"))], ..GUIDES }), "good://all: it goes with icu_bad, which is not linked here")]
#[case(|| boxed(Guides { resources: || vec![resource(None)], ..GUIDES }), "good://all: neither the pack nor a tool reads it")]
#[case(|| boxed(Guides { resources: || vec![resource(None)], text: Some(" "), ..GUIDES }), "good://all: there is nothing in it")]
#[case(|| boxed(Guides { resources: || vec![resource(Some("icu_good"))], ..GUIDES }), "good://all: it cannot be read: invalid arguments for icu_good")]
#[case(|| boxed(Guides { templates: || vec![template(Some("icu_bad"))], ..FULL_BUT_LISTS }), "good://of/{date}: it goes with icu_bad")]
#[case(|| boxed(Guides { templates: || vec![template(None)], ..FULL_BUT_LISTS }), "good://of/2026%2D07%2D01: neither the pack nor a tool reads it")]
#[case(|| boxed(Guides { templates: || vec![template(Some("icu_good"))], ..GUIDES }), "`complete` offers nothing for date")]
#[case(|| boxed(Guides { templates: || vec![template(Some("icu_good"))], offers: Some(&[]), ..GUIDES }), "`complete` offers no values")]
#[case(|| boxed(Guides { templates: || vec![template(Some("icu_good"))], offers: Some(&["yesterday"]), ..GUIDES }), "it cannot be read: ")]
#[tokio::test]
async fn a_resource_that_cannot_be_read_is_found(#[case] build: Build, #[case] fault: &str) {
    let subject = subject(Pack { build, ..PACK }, [tool()], Policy::default());
    finds(&rules::resources(&subject, demo).await, fault);
}

fn boxed(guides: Guides) -> Box<dyn ToolPack> {
    Box::new(guides)
}

const FULL_BUT_LISTS: Guides = Guides { prompts: Vec::new, resources: Vec::new, templates: Vec::new, ..FULL };

#[tokio::test]
async fn a_resource_of_a_tool_that_writes_is_found() {
    let mut subject = with_tool(|tool| tool.effect = Effect::Write);
    let build: Build = || Box::new(Guides { resources: || vec![resource(Some("icu_good"))], ..GUIDES });
    subject.packs = vec![Box::leak(Box::new(Pack { build, ..PACK }))];
    finds(&rules::resources(&subject, demo).await, "it goes with icu_good, which is marked Write");
}
