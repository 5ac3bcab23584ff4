//! A catalog of a few packs and tools, which are never called.
use intervals_catalog::Catalog;
use intervals_core::{
    Effect, JsonMap, Pack, ToolPack,
    registry::{StaticOrShared, Tier, ToolDef},
};

struct Plain;
impl ToolPack for Plain {}

const fn pack(name: &'static str) -> Pack {
    Pack { krate: name, name, about: "A test's.", default: true, build: || Box::new(Plain) }
}

static PACKS: [Pack; 3] = [pack("athlete"), pack("gear"), pack("wellness")];

fn tool(pack: &'static str, name: &'static str, effect: Effect) -> ToolDef {
    ToolDef {
        krate: pack,
        name: name.into(),
        title: None,
        description: "TRY.".into(),
        effect,
        delete: None,
        tier: Tier::Common,
        idempotent: true,
        input: StaticOrShared::Static(&|_| JsonMap::new()),
        output: StaticOrShared::Static(&JsonMap::new),
        body: StaticOrShared::Static(&|call| Box::pin(async move { call.answer(async { Ok(JsonMap::new()) }).await })),
    }
}

/// A catalog of tools that read and tools that write.
pub fn catalog() -> Catalog {
    let tools = [
        tool("athlete", "icu_get_athlete_profile", Effect::Read),
        tool("athlete", "icu_update_athlete_notes", Effect::Write),
        tool("gear", "icu_get_gear_list", Effect::Read),
        tool("wellness", "icu_get_wellness_data", Effect::Read),
        tool("wellness", "icu_update_wellness", Effect::Write),
    ];
    Catalog::of(&PACKS, tools).unwrap()
}
