//! The options that every command accepts. Each is one entry of [`FLAGS`]; the parser, the help, the configuration and the entries
//! that `install` writes are derived from it.
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, ValueHint, parser::ValueSource, value_parser};
use intervals_settings::{Layer, flag};
use jiff::civil::Date;

/// Heading of the options that select tools.
pub const TOOLS: &str = "Which tools";
/// Heading of the options that only a server uses.
pub const SERVING: &str = "Serving";

/// An option that sets a key of the configuration.
struct Flag {
    /// The key.
    key: &'static str,
    takes: Takes,
    /// The placeholder of its value in the help.
    value: &'static str,
    heading: Option<&'static str>,
    help: &'static str,
}

/// The kind of an option's value.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    /// A list of words, which may start with `-`.
    Words,
    /// One text each time the option is given.
    Repeated,
    Count,
    Port,
    /// No value for true, or `=true`, `=false`.
    Switch,
}

const FLAGS: &[Flag] = &[
    Flag {
        key: "log",
        takes: Takes::Text,
        value: "LEVEL",
        heading: None,
        help: "Log to stderr: off, error, warn, info, debug, trace, or target=level [default: warn]",
    },
    Flag {
        key: "packs",
        takes: Takes::Words,
        value: "LIST",
        heading: Some(TOOLS),
        help: "Packs to offer: names, all, default, @minimal, @analysis, @planning, @coach; -name leaves one out \
               [default: default]",
    },
    Flag {
        key: "tools",
        takes: Takes::Text,
        value: "LIST",
        heading: Some(TOOLS),
        help: "Tools to offer; * matches any characters",
    },
    Flag {
        key: "exclude_tools",
        takes: Takes::Text,
        value: "LIST",
        heading: Some(TOOLS),
        help: "Tools to leave out; * matches any characters",
    },
    Flag {
        key: "read_only",
        takes: Takes::Switch,
        value: "BOOL",
        heading: Some(TOOLS),
        help: "Offer only tools that read",
    },
    Flag {
        key: "delete_mode",
        takes: Takes::Text,
        value: "MODE",
        heading: Some(TOOLS),
        help: "Deletions to offer: none, safe or full [default: safe]",
    },
    Flag {
        key: "max_tool_tokens",
        takes: Takes::Count,
        value: "N",
        heading: Some(TOOLS),
        help: "Limit of the tokens that all tools together cost; 0 for no limit [default: 0]",
    },
    Flag {
        key: "dynamic",
        takes: Takes::Switch,
        value: "BOOL",
        heading: Some(TOOLS),
        help: "Offer five tools that find and call the others and switch packs; without --packs, all packs start off",
    },
    Flag {
        key: "coach",
        takes: Takes::Switch,
        value: "BOOL",
        heading: Some(TOOLS),
        help: "Show the argument athlete_id, which selects a coached athlete",
    },
    Flag {
        key: "transport",
        takes: Takes::Repeated,
        value: "LIST",
        heading: Some(SERVING),
        help: "Transports: stdio, http, sse; repeatable [default: stdio]",
    },
    Flag {
        key: "host",
        takes: Takes::Text,
        value: "HOST",
        heading: Some(SERVING),
        help: "Address that HTTP listens on [default: 127.0.0.1]",
    },
    Flag {
        key: "port",
        takes: Takes::Port,
        value: "PORT",
        heading: Some(SERVING),
        help: "Port that HTTP listens on [default: 8000]",
    },
    Flag {
        key: "path",
        takes: Takes::Text,
        value: "PATH",
        heading: Some(SERVING),
        help: "Path of the HTTP endpoint [default: /mcp; for sse, /sse]",
    },
    Flag {
        key: "allowed_hosts",
        takes: Takes::Repeated,
        value: "HOST",
        heading: Some(SERVING),
        help: "Accept this Host header too, such as the name that a proxy forwards; repeatable",
    },
    Flag {
        key: "stateless",
        takes: Takes::Switch,
        value: "BOOL",
        heading: Some(SERVING),
        help: "Keep no HTTP sessions, so that any instance can answer any request",
    },
    Flag {
        key: "allow_unauthenticated",
        takes: Takes::Switch,
        value: "BOOL",
        heading: Some(SERVING),
        help: "Let others reach this server over HTTP without authentication",
    },
];

impl Flag {
    fn arg(&self) -> Arg {
        let arg = Arg::new(self.key).long(flag(self.key)).global(true).value_name(self.value).help(self.help);
        let arg = match self.heading {
            Some(heading) => arg.help_heading(heading),
            None => arg,
        };
        match self.takes {
            Takes::Text => arg,
            Takes::Words => arg.allow_hyphen_values(true),
            Takes::Repeated => arg.action(ArgAction::Append),
            Takes::Count => arg.value_parser(value_parser!(usize)),
            Takes::Port => arg.value_parser(value_parser!(u16)),
            Takes::Switch => arg
                .value_parser(value_parser!(bool))
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true")
                .hide_possible_values(true),
        }
    }
}

/// The parser's arguments: the options of the program itself, and those that set a key of the configuration.
pub fn args() -> impl Iterator<Item = Arg> {
    let own = [
        Arg::new("config")
            .long("config")
            .global(true)
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
            .help(
                "Configuration file [default: INTERVALS_ICU_CONFIG, else config.toml in the platform's configuration folder]",
            ),
        Arg::new("demo")
            .long("demo")
            .global(true)
            .value_name("DATE")
            .value_parser(value_parser!(Date))
            .num_args(0..=1)
            .require_equals(true)
            .help("Use the built-in demo athlete instead of an account; =DATE sets the current date"),
    ];
    let quiet = Arg::new("quiet")
        .long("quiet")
        .short('q')
        .global(true)
        .action(ArgAction::SetTrue)
        .help("Print only the answer and errors: no progress, and --log error");
    let (log, rest) = FLAGS.split_at(1);
    own.into_iter().chain(log.iter().map(Flag::arg)).chain([quiet]).chain(rest.iter().map(Flag::arg))
}

/// The options that were given.
#[derive(Debug, Clone)]
pub struct Flags {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// Whether to use the demo instead of an account, and on which day (default: the current date).
    pub demo: Option<Option<Date>>,
    /// Whether to print only the answer and errors.
    pub quiet: bool,
    /// The options that set a key of the configuration, each with its text. Repeated texts are joined by commas.
    given: Vec<(&'static Flag, String)>,
}

impl std::fmt::Debug for Flag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Flags {
    /// Reads the options from the parsed command line.
    pub fn of(matches: &ArgMatches) -> Self {
        let is_given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
        let text = |flag: &'static Flag| {
            let texts: Vec<_> = matches.get_raw(flag.key)?.map(|text| text.to_string_lossy()).collect();
            is_given(flag.key).then(|| (flag, texts.join(",")))
        };
        Self {
            config: matches.get_one("config").cloned(),
            demo: is_given("demo").then(|| matches.get_one("demo").copied()),
            quiet: matches.get_flag("quiet"),
            given: FLAGS.iter().filter_map(text).collect(),
        }
    }

    /// The text that was given for a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.given.iter().find(|(flag, _)| flag.key == key).map(|(_, text)| text.as_str())
    }

    /// The configuration layer of the command line.
    pub fn layer(&self) -> Layer {
        let quiet = (self.quiet && self.text("log").is_none()).then(|| ("log", "error".to_owned()));
        Layer::command_line(self.given.iter().map(|(flag, text)| (flag.key, text.clone())).chain(quiet))
    }

    /// The options as words of a command line, in one form each: `--read-only`, `--packs=activities,wellness`.
    pub fn words(&self) -> Vec<String> {
        // The client may start the server in another working directory.
        let config = self.config.as_ref().map(|file| std::path::absolute(file).unwrap_or_else(|_| file.clone()));
        let config = config.map(|file| format!("--config={}", file.display()));
        let demo = self.demo.map(|day| day.map_or_else(|| "--demo".to_owned(), |day| format!("--demo={day}")));
        let word = |(given, text): &(&Flag, String)| match given.takes {
            Takes::Switch if text == "true" => format!("--{}", flag(given.key)),
            _ => format!("--{}={text}", flag(given.key)),
        };
        config.into_iter().chain(demo).chain(self.given.iter().map(word)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &[&str]) -> Vec<String> {
        let program = clap::Command::new("server").args(args());
        Flags::of(&program.try_get_matches_from([&["server"], line].concat()).unwrap()).words()
    }

    #[test]
    fn options_are_written_in_one_form_that_parses_to_the_same_options() {
        let line = ["--read-only", "--coach=false", "--packs", "default,-gear", "--demo=2026-07-05", "--port", "9"];
        let once = words(&line);
        assert_eq!(once, ["--demo=2026-07-05", "--packs=default,-gear", "--read-only", "--coach=false", "--port=9"]);
        assert_eq!(words(&once.iter().map(String::as_str).collect::<Vec<_>>()), once);
        assert_eq!(words(&["--demo", "--allowed-host", "a", "--allowed-host", "b"]), ["--demo", "--allowed-host=a,b"]);
        assert_eq!(
            words(&["--config", "my.toml"]),
            [format!("--config={}", std::path::absolute("my.toml").unwrap().display())]
        );
    }

    #[test]
    fn every_option_sets_a_configuration_key_and_is_written_again() {
        let keys = intervals_settings::Config::default().rows();
        for Flag { key, .. } in FLAGS {
            assert!(keys.iter().any(|(known, _)| known == key), "{key}");
            let tried = ["x", "1", "true"].map(|value| format!("--{}={value}", flag(key)));
            let program = || clap::Command::new("server").args(args());
            let read = tried.iter().find_map(|word| program().try_get_matches_from(["server", word]).ok());
            let written = Flags::of(&read.unwrap()).words();
            assert!(written.len() == 1 && written[0].starts_with(&format!("--{}", flag(key))), "{key}: {written:?}");
        }
    }
}
