//! Command lines that documents show: each parses, and where its output is shown, that is what comes.
use serde_json::Value;

use super::{
    names::MADE_UP,
    pages::{Page, pages},
};
use crate::world::{has_every_pack, hold, run};

const NAME: &str = "intervals-icu-mcp";

/// Programs that are told to start the binary by its name.
const STARTERS: &[&[&str]] = &[&["npx"], &["docker", "run"], &["claude", "mcp", "add"], &["codex", "mcp", "add"]];

#[test]
fn every_command_that_is_shown_parses() {
    if !has_every_pack() {
        return;
    }
    let (mut faults, mut parsed) = (vec![], 0);
    for page in pages() {
        for arguments in commands(&page) {
            if arguments.iter().any(|word| MADE_UP.contains(&word.as_str())) {
                continue;
            }
            parsed += 1;
            // Help is given instead of running, and only for what was right up to there.
            let end = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
            let mut words: Vec<_> = arguments.iter().map(String::as_str).filter(|word| *word != "--help").collect();
            words.insert(end.min(words.len()), "--help");
            let ran = run(&words, &[]);
            if ran.code != Some(0) {
                faults.push(format!("{}: {}: {}", page.name, arguments.join(" "), ran.err));
            }
        }
    }
    assert!(faults.is_empty() && parsed > 50, "{parsed} commands: {faults:#?}");
}

#[test]
#[cfg(feature = "demo")]
fn what_is_shown_below_a_command_is_what_it_prints() {
    if !has_every_pack() {
        return;
    }
    let (mut faults, mut shown) = (vec![], 0);
    for page in pages() {
        let mut text = page.text.clone();
        let fences = page.fences();
        for pair in fences.windows(2).filter(|pair| pair[0].kind == "sh" && pair[1].kind == "text" && pair[1].follows) {
            let [command, output] = pair else { continue };
            shown += 1;
            let words = words(command.text.trim());
            let given =
                words.iter().map_while(|word| word.split_once('=')).filter(|(name, _)| name.starts_with("INTERVALS_"));
            let environment: Vec<_> = given.collect();
            let arguments: Vec<_> = words.iter().skip(environment.len()).map(String::as_str).collect();
            assert_eq!(arguments.first(), Some(&NAME), "{}: {}", page.name, command.text);
            let ran = run(&arguments[1..], &environment);
            let all = ran.out + &ran.err;
            let mut lines: Vec<_> = all.lines().map(str::trim_end).collect();
            // Dots in the last line stand for the rest.
            if output.text.trim_end().ends_with("\n…") {
                lines.truncate(output.text.trim_end().lines().count() - 1);
                lines.push("…");
            }
            // What stands before the closing backticks.
            let indent = output.text.rsplit('\n').next().unwrap();
            let lines: String = lines.iter().map(|line| format!("{indent}{line}\n")).collect();
            let before = format!("```sh\n{}```\n\n{indent}```text\n{}```", command.text, output.text);
            let after = format!("```sh\n{}```\n\n{indent}```text\n{lines}{indent}```", command.text);
            assert!(text.contains(&before), "{}: a fence `text` follows its command after one blank line", page.name);
            text = text.replace(&before, &after);
        }
        faults.extend(hold(&page.name, &text).err());
    }
    assert!(faults.is_empty() && shown > 5, "{shown} outputs: {faults:#?}");
}

/// The arguments of every command line of this binary that a page shows: in blocks, in code spans, in what clients are told to start.
fn commands(page: &Page) -> Vec<Vec<String>> {
    let mut found = vec![];
    for fence in page.fences() {
        match fence.kind {
            "sh" => found.extend(fence.text.replace("\\\n", " ").lines().flat_map(pieces).filter_map(own)),
            "json" => serde_json::from_str(fence.text).iter().for_each(|json| started(json, &mut found)),
            _ => {}
        }
    }
    for span in page.spans().into_iter().filter(|span| !span.contains('…')) {
        if let Ok(line) = serde_json::from_str::<Vec<String>>(&span) {
            // Arguments alone, or behind what starts the binary.
            let name = line.iter().position(|word| is_name(word)).map(|name| name + 1);
            let alone = line.first().is_some_and(|word| word.starts_with("--")).then_some(0);
            found.extend(name.or(alone).map(|start| line[start..].to_vec()));
        } else {
            found.extend(own(words(&span)));
        }
    }
    found
}

/// What clients start, wherever it stands in their configuration.
fn started(json: &Value, found: &mut Vec<Vec<String>>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let (Some(command), Some(arguments)) = (json["command"].as_str(), json["args"].as_array()) {
        let line: Vec<_> = [command.to_owned()].into_iter().chain(arguments.iter().map(text)).collect();
        let name =
            line.iter().position(|word| is_name(word)).unwrap_or_else(|| panic!("{line:?} starts something else"));
        found.push(line[name + 1..].to_vec());
    }
    let inner: Vec<&Value> = match json {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => vec![],
    };
    inner.into_iter().for_each(|value| started(value, found));
}

/// The arguments, when it is this binary that is started.
fn own(words: Vec<String>) -> Option<Vec<String>> {
    let line: Vec<_> = words.into_iter().skip_while(|word| word.contains('=') && !word.starts_with('-')).collect();
    let begins = |words: &[&str]| line.len() > words.len() && line.iter().zip(words).all(|(word, start)| word == start);
    let after = if begins(&["cargo", "run"]) && !line.iter().any(|word| word == "--example") {
        line.iter().position(|word| word == "--")?
    } else if line.first().is_some_and(|word| is_name(word)) || STARTERS.iter().any(|words| begins(words)) {
        line.iter().position(|word| is_name(word))?
    } else {
        return None;
    };
    let arguments = line.into_iter().skip(after + 1).take_while(|word| !word.starts_with(['>', '<']));
    Some(arguments.collect())
}

fn is_name(word: &str) -> bool {
    word.rsplit('/').next() == Some(NAME)
}

/// The commands of a line: what stands between pipes and the like.
fn pieces(line: &str) -> Vec<Vec<String>> {
    let words = words(line);
    words.split(|word| ["|", "&&", ";", "||", "&"].contains(&word.as_str())).map(<[_]>::to_vec).collect()
}

/// The words of a shell's line: quotes hold them together, `$(…)` too, and a comment is none.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut depth) = (vec![], None::<String>, None, 0);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, c) if c.is_whitespace() && depth == 0 => words.extend(word.take()),
            (None, c) => {
                depth = if c == '(' {
                    depth + 1
                } else if c == ')' {
                    depth - 1
                } else {
                    depth
                };
                word.get_or_insert_default().push(c);
            }
        }
    }
    words.extend(word);
    words
}

#[test]
fn a_shells_line_is_read_as_a_shell_reads_it() {
    let line = "A=$(openssl rand -hex 32) intervals-icu-mcp call x '{\"a\": 1}' > file  # note";
    assert_eq!(own(words(line)).unwrap(), ["call", "x", "{\"a\": 1}"]);
    assert_eq!(pieces("pass x | intervals-icu-mcp setup").into_iter().filter_map(own).collect::<Vec<_>>(), [["setup"]]);
    assert_eq!(own(words("cargo run --release -- tools --demo")).unwrap(), ["tools", "--demo"]);
    assert_eq!(own(words("npx -y intervals-icu-mcp packs")).unwrap(), ["packs"]);
    assert_eq!(own(words("docker build -t intervals-icu-mcp .")), None);
}
