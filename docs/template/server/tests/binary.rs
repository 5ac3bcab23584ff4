//! Tests that the binary has the pack beside those of the server.
use std::process::Command;

#[test]
fn the_pack_is_linked_and_its_tools_can_be_called() {
    let run = |arguments: &[&str]| {
        let binary = env!("CARGO_BIN_EXE_{{pack}}-mcp");
        let output = Command::new(binary).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let packs = run(&["packs", "--packs", "all"]);
    assert!(packs.contains("\n{{pack}} "), "{packs}");
    let range = r#"{"oldest": "2026-07-01", "newest": "2026-07-03"}"#;
    let answer = run(&["call", "icu_get_steps", range, "--demo=2026-07-05", "--packs", "{{pack}}"]);
    assert!(answer.starts_with("date"), "{answer}");
}
