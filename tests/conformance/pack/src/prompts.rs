//! Prompts: plain, with arguments, with a resource, with an image.
use intervals_core::{
    content::Block,
    prompt::{Prompt, PromptArgument},
};

use crate::{PIXEL, PNG};

pub const ALL: [Prompt; 4] = [SIMPLE, ARGUMENTS, RESOURCE, IMAGE];

const SIMPLE: Prompt = Prompt {
    name: "test_simple_prompt",
    title: "Simple",
    description: "A plain sentence.",
    arguments: &[],
    needs: &[],
    render: |_| "This is a simple prompt for testing.".into(),
};

const ARGUMENTS: Prompt = Prompt {
    name: "test_prompt_with_arguments",
    title: "Arguments",
    description: "A sentence with two arguments in it.",
    arguments: &[argument("arg1", &["paris", "park", "party"]), argument("arg2", &[])],
    render: |call| format!("Prompt with arguments: arg1='{}', arg2='{}'", call.get("arg1"), call.get("arg2")),
    ..SIMPLE
};

const RESOURCE: Prompt = Prompt {
    name: "test_prompt_with_embedded_resource",
    title: "Resource",
    description: "A resource and a sentence about it.",
    arguments: &[argument("resourceUri", &[])],
    render: |call| {
        let text = "Embedded resource content for testing.".into();
        call.show(Block::Resource { uri: call.get("resourceUri"), media_type: "text/plain".into(), text });
        "Please process the embedded resource above.".into()
    },
    ..SIMPLE
};

const IMAGE: Prompt = Prompt {
    name: "test_prompt_with_image",
    title: "Image",
    description: "An image and a sentence about it.",
    render: |call| {
        call.show(Block::Image { data: PIXEL.into(), media_type: PNG.into() });
        "Please analyze the image above.".into()
    },
    ..SIMPLE
};

const fn argument(name: &'static str, choices: &'static [&'static str]) -> PromptArgument {
    PromptArgument { name, description: "Any text.", default: None, choices }
}
