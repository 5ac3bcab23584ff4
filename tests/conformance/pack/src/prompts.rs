//! Prompts: plain, with arguments, with a resource, and with an image.
use intervals_core::{
    content::Block,
    prompt::{Prompt, PromptArgument},
};

use crate::pixel::{PIXEL, PNG};

pub const ALL: [Prompt; 4] = [SIMPLE, ARGUMENTS, RESOURCE, IMAGE];

const SIMPLE: Prompt = Prompt::new("test_simple_prompt", "Simple", "A plain sentence.")
    .with_render(|_| "This is a simple prompt for testing.".into());

const ARGUMENTS: Prompt =
    Prompt::new("test_prompt_with_arguments", "Arguments", "A sentence with two arguments in it.")
        .with_arguments(&[argument("arg1", &["paris", "park", "party"]), argument("arg2", &[])])
        .with_render(|call| format!("Prompt with arguments: arg1='{}', arg2='{}'", call.get("arg1"), call.get("arg2")));

const RESOURCE: Prompt =
    Prompt::new("test_prompt_with_embedded_resource", "Resource", "A resource and a sentence about it.")
        .with_arguments(&[argument("resourceUri", &[])])
        .with_render(|call| {
            let text = "Embedded resource content for testing.".into();
            call.show(Block::Resource { uri: call.get("resourceUri"), media_type: "text/plain".into(), text });
            "Please process the embedded resource above.".into()
        });

const IMAGE: Prompt =
    Prompt::new("test_prompt_with_image", "Image", "An image and a sentence about it.").with_render(|call| {
        call.show(Block::Image { data: PIXEL.into(), media_type: PNG.into() });
        "Please analyze the image above.".into()
    });

const fn argument(name: &'static str, choices: &'static [&'static str]) -> PromptArgument {
    PromptArgument::new(name, "Any text.").with_choices(choices)
}
