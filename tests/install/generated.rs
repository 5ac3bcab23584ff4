//! Files that nobody wrote: thousands of them, the same each time.
use intervals_install::Format;
use serde_json::json;

use super::{entry, only_added, shape, value};

/// JSON as people write it, with comments and blanks wherever they may stand.
struct Writer {
    random: fastrand::Rng,
    newline: &'static str,
    /// How often a gap has a comment, and how often it breaks the line, of a hundred.
    comments: u8,
    breaks: u8,
    trailing: bool,
    keys: usize,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let newline = if random.bool() { "\n" } else { "\r\n" };
        let (comments, breaks) = (*random.choice(&[0, 0, 10, 40]).unwrap(), *random.choice(&[0, 30, 90]).unwrap());
        let trailing = random.bool();
        Self { random, newline, comments, breaks, trailing, keys: 0 }
    }

    /// What may stand between two tokens.
    fn gap(&mut self) -> String {
        let mut gap = String::new();
        for _ in 0..self.random.usize(0..3) {
            if self.random.u8(0..100) < self.breaks {
                gap.push_str(self.newline);
            }
            gap.push_str(self.random.choice(&["", " ", "  ", "\t"]).unwrap());
            if self.random.u8(0..100) < self.comments {
                match self.random.bool() {
                    true => gap.push_str("/* \", { } */"),
                    false => gap.push_str(&format!("// }} , \"{}", self.newline)),
                }
            }
        }
        gap
    }

    fn object(&mut self, members: Vec<(String, String)>) -> String {
        let mut text = format!("{{{}", self.gap());
        let count = members.len();
        for (n, (key, value)) in members.into_iter().enumerate() {
            let gaps = [self.gap(), self.gap(), self.gap()];
            text.push_str(&format!("\"{key}\"{}:{}{value}{}", gaps[0], gaps[1], gaps[2]));
            if n + 1 < count || (self.trailing && self.random.bool()) {
                text.push(',');
                text.push_str(&self.gap());
            }
        }
        text.push('}');
        text
    }

    fn value(&mut self, depth: usize) -> String {
        match self.random.u8(0..7) {
            0 => "\"{ // \\\" }\"".into(),
            1 => "-1.5e3".into(),
            2 => "[ 1, {\"mcpServers\": {}} ]".into(),
            3 => "null".into(),
            _ if depth > 2 => "{}".into(),
            _ => {
                let members = (0..self.random.usize(0..4)).map(|_| self.member(depth + 1)).collect();
                self.object(members)
            }
        }
    }

    fn member(&mut self, depth: usize) -> (String, String) {
        self.keys += 1;
        (format!("k{}", self.keys), self.value(depth))
    }

    fn file(&mut self) -> String {
        let mut members: Vec<_> = (0..self.random.usize(0..4)).map(|_| self.member(0)).collect();
        if self.random.bool() {
            let servers = (0..self.random.usize(0..3)).map(|_| self.member(1)).collect();
            let servers = self.object(servers);
            let at = self.random.usize(0..=members.len());
            members.insert(at, ("mcpServers".into(), servers));
        }
        let mark = if self.random.u8(0..10) == 0 { "\u{feff}" } else { "" };
        format!("{mark}{}{}{}", self.gap(), self.object(members), self.gap())
    }
}

#[test]
fn whatever_a_file_looks_like_only_the_entry_changes() {
    let (shape, entry) = (shape("cursor"), entry(&["--read-only"]));
    for seed in 0..4000 {
        let text = Writer::new(seed).file();
        let put = shape.put(&text, "intervals-icu", &entry).unwrap_or_else(|fault| panic!("{seed}: {fault:?}\n{text}"));
        assert!(only_added(&text, &put), "{seed}:\n{text}\n---\n{put}");
        let mut wanted = value(Format::Json, &text);
        let servers = wanted.as_object_mut().unwrap().entry("mcpServers").or_insert_with(|| json!({}));
        servers["intervals-icu"] = json!({"command": "/opt/intervals-icu-mcp", "args": ["--read-only"]});
        assert_eq!(value(Format::Json, &put), wanted, "{seed}:\n{text}\n---\n{put}");
        assert_eq!(shape.put(&put, "intervals-icu", &entry).unwrap(), put, "{seed}");

        let cut = shape.cut(&put, "intervals-icu").unwrap().unwrap();
        wanted["mcpServers"].as_object_mut().unwrap().remove("intervals-icu");
        assert_eq!(value(Format::Json, &cut), wanted, "{seed}:\n{put}\n---\n{cut}");
        if text.contains("\"mcpServers\"") && value(Format::Json, &text).get("mcpServers").is_some() {
            let dense = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(dense(&cut), dense(&text), "{seed}:\n{put}\n---\n{cut}");
        }
    }
}

/// TOML as Codex and people write it: settings, tables, servers in their three forms.
fn toml(seed: u64) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    let newline = *random.choice(&["\n", "\r\n"]).unwrap();
    let inline = random.bool();
    let mut lines = vec![];
    if random.bool() {
        lines.push("model = \"[mcp_servers.intervals-icu]\" # m".to_owned());
    }
    if inline {
        lines.push("[mcp_servers]".into());
    }
    for n in 0..random.usize(0..4) {
        let text = match random.u8(0..4) {
            0 if inline => format!("s{n} = {{ command = 'x', env = {{ A = \"b\" }} }} # {n}"),
            1 if inline => format!("s{n}.command = \"x\""),
            _ if inline => "# none".into(),
            2 => format!(
                "# {n}\n[mcp_servers.s{n}] # h\ncommand = \"x\"\nargs = [\n  'a', # b\n]\n\n[mcp_servers.s{n}.env]\nA = \"b\""
            ),
            3 => format!("[t{n}]\na = 1\n\n[[t{n}.list]]\nb = 2.50"),
            _ => format!("[ mcp_servers.\"s {n}\" ]\n  command='x'"),
        };
        lines.extend(text.split('\n').map(str::to_owned));
        lines.extend((0..random.usize(0..3)).map(|_| random.choice(["", "  ", "# c"]).unwrap().to_owned()));
    }
    let end = if random.bool() { newline } else { "" };
    format!("{}{end}", lines.join(newline))
}

#[test]
fn whatever_a_toml_file_looks_like_only_the_entry_changes() {
    let (shape, entry) = (shape("codex"), entry(&["--read-only"]));
    for seed in 0..2000 {
        let text = toml(seed);
        let put = shape.put(&text, "intervals-icu", &entry).unwrap_or_else(|fault| panic!("{seed}: {fault:?}\n{text}"));
        assert!(put.starts_with(&text), "{seed}");
        let other = shape.put(&put, "intervals-icu", &super::entry(&["--coach"])).unwrap();
        assert_eq!(other, format!("{text}{}", put[text.len()..].replace("--read-only", "--coach")), "{seed}");
        let cut = shape.cut(&put, "intervals-icu").unwrap().unwrap();
        assert_eq!(cut.trim_end(), text.trim_end(), "{seed}");
        assert_eq!(value(Format::Toml, &cut), value(Format::Toml, &text), "{seed}");
    }
}
