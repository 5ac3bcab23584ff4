//! What `tools/list` sends, a file per tool.
use std::collections::BTreeSet;

use intervals_core::Settings;
use intervals_mcp::wire;

use crate::world::{has_every_pack, hold, path, tools};

#[test]
fn a_tool_is_listed_as_its_golden_file_says() {
    let faults: Vec<_> = tools()
        .into_iter()
        .filter_map(|tool| {
            let listed = wire::tool(tool, &Settings::default(), true);
            let text = format!("{}\n", serde_json::to_string_pretty(&listed).unwrap());
            hold(&format!("tests/golden/{}.json", tool.name), &text).err()
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_golden_file_is_left_over() {
    if !has_every_pack() {
        return;
    }
    let files: BTreeSet<_> = path("tests/golden").read_dir().unwrap().map(|f| f.unwrap().file_name()).collect();
    let expected: BTreeSet<_> = tools().into_iter().map(|tool| format!("{}.json", tool.name).into()).collect();
    assert_eq!(files, expected, "left: files, right: tools; delete what is left over");
}
