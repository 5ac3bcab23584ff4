//! The server's own flags, as words of a command line.
use crate::cli::Flags;

impl Flags {
    /// What was given, in one form each: `--read-only`, `--packs=activities,wellness`.
    pub(super) fn words(&self) -> Vec<String> {
        let switch = |name: &str, given: Option<bool>| {
            given.map(|on| if on { format!("--{name}") } else { format!("--{name}=false") })
        };
        let value = |name: &str, given: Option<String>| given.map(|value| format!("--{name}={value}"));
        let list = |name: &str, given: &[String]| (!given.is_empty()).then(|| format!("--{name}={}", given.join(",")));
        // A client starts the server in a folder of its own.
        let config = self.config.as_ref().map(|file| std::path::absolute(file).unwrap_or_else(|_| file.clone()));
        let demo = self.demo.map(|day| day.map_or_else(|| "--demo".to_owned(), |day| format!("--demo={day}")));
        let words = [
            value("config", config.map(|file| file.display().to_string())),
            demo,
            switch("read-only", self.read_only),
            value("delete-mode", self.delete_mode.clone()),
            value("packs", self.packs.clone()),
            value("tools", self.tools.clone()),
            value("exclude-tools", self.exclude_tools.clone()),
            value("max-tool-tokens", self.max_tool_tokens.map(|tokens| tokens.to_string())),
            switch("dynamic", self.dynamic),
            switch("coach", self.coach),
            list("transport", &self.transport),
            value("host", self.host.clone()),
            value("port", self.port.map(|port| port.to_string())),
            value("path", self.path.clone()),
            list("allowed-host", &self.allowed_host),
            switch("stateless", self.stateless),
            switch("allow-unauthenticated", self.allow_unauthenticated),
            value("log", self.log.clone()),
        ];
        words.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, FromArgMatches};

    use crate::cli::Cli;

    fn words(line: &[&str]) -> Vec<String> {
        let matches = Cli::command().try_get_matches_from([&["server"], line].concat()).unwrap();
        Cli::from_arg_matches(&matches).unwrap().flags.words()
    }

    #[test]
    fn flags_come_out_in_one_form_and_mean_the_same_when_they_are_read_again() {
        let line = ["--read-only", "--coach=false", "--packs", "default,-gear", "--demo=2026-07-05", "--port", "9"];
        let once = words(&line);
        assert_eq!(once, ["--demo=2026-07-05", "--read-only", "--packs=default,-gear", "--coach=false", "--port=9"]);
        assert_eq!(words(&once.iter().map(String::as_str).collect::<Vec<_>>()), once);
        assert_eq!(words(&["--demo", "--allowed-host", "a", "--allowed-host", "b"]), ["--demo", "--allowed-host=a,b"]);
        assert_eq!(
            words(&["--config", "my.toml"]),
            [format!("--config={}", std::path::absolute("my.toml").unwrap().display())]
        );
    }

    #[test]
    fn every_flag_of_the_server_is_carried() {
        // What is about the terminal of this run is of no use to a client.
        let left_out = ["help", "quiet", "color", "colour", "no-color"];
        let command = Cli::command();
        let names = command.get_arguments().filter(|flag| flag.is_global_set()).filter_map(clap::Arg::get_long);
        for name in names.filter(|name| !left_out.contains(name)) {
            let tried = ["x", "1", "2026-07-05", "true"];
            let carried = tried.iter().find_map(|value| {
                let matches = Cli::command().try_get_matches_from(["server", &format!("--{name}={value}")]).ok()?;
                Some(Cli::from_arg_matches(&matches).unwrap().flags.words())
            });
            let carried = carried.unwrap();
            assert!(carried.len() == 1 && carried[0].starts_with(&format!("--{name}")), "{name}: {carried:?}");
        }
    }
}
