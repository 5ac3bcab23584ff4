//! A tool with an argument that is repeated in a header of the HTTP request (SEP-2243).
use intervals_core::{Result, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Any text.
    #[schemars(example = &"north", extend("x-mcp-header" = "Region"))]
    region: String,
}

#[derive(Serialize, JsonSchema)]
struct Region {
    region: String,
}

/// HEADER that must say the same as the argument.
#[tool(read, title = "Header")]
async fn test_custom_header(args: Args) -> Result<Region> {
    Ok(Region { region: args.region })
}
