//! Prints the manual page, which is derived from the options that `--help` shows: `cargo run --example manual`.
use std::io::{self, Write};

use clap::Arg;
use clap_mangen::Man;
use roff::{Roff, bold, italic, roman};

const EXIT_STATUS: [(&str, &str); 4] = [
    ("0", "All went well."),
    ("1", "The tool or the service failed."),
    ("2", "Wrong usage or configuration."),
    ("130", "A call was interrupted."),
];

fn main() -> io::Result<()> {
    let program = intervals_icu_mcp::cli::program("intervals-icu-mcp", env!("CARGO_PKG_VERSION"));
    write(&program, &mut io::stdout().lock())
}

/// Writes one page with all commands and their own options.
pub fn write(program: &clap::Command, out: &mut impl Write) -> io::Result<()> {
    let name = program.get_name();
    let usage = format!("{name} [OPTIONS] [COMMAND]");
    let man = Man::new(program.clone().override_usage(usage));
    // No build knows the day of its release. The date is empty and not missing, or the next word would be taken for it.
    let version = program.get_version().unwrap_or_default();
    let mut page = vec![];
    writeln!(page, ".TH {name} 1 \"\" \"{name} {version}\" \"User Commands\"")?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    commands(program).to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    rest(program).to_writer(&mut page)?;
    for c in String::from_utf8_lossy(&page).chars() {
        // Renderers read pages as Latin-1 by default.
        if c.is_ascii() { write!(out, "{c}")? } else { write!(out, "\\[u{:04X}]", u32::from(c))? }
    }
    Ok(())
}

fn commands(program: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let own = |arg: &&Arg| !arg.is_global_set() && !arg.is_hide_set() && arg.get_id() != "help";
        let args: Vec<_> = command.get_arguments().filter(own).collect();
        let positional = args.iter().filter(|arg| arg.is_positional()).map(|arg| format!(" {arg}"));
        roff.control("TP", []);
        roff.text([bold(command.get_name()), italic(positional.collect::<String>())]);
        roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
        if args.is_empty() {
            continue;
        }
        roff.control("RS", []);
        for arg in args {
            let short = arg.get_short().filter(|_| !arg.is_positional()).map(|short| format!("-{short}, "));
            roff.control("TP", []);
            roff.text([bold(format!("{}{arg}", short.unwrap_or_default()))]);
            roff.text([roman(arg.get_help().map(ToString::to_string).unwrap_or_default())]);
        }
        roff.control("RE", []);
    }
    roff
}

fn rest(program: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["CONFIGURATION"]);
    let layers = "What stands in config.toml in the platform's configuration folder goes before the defaults, a variable \
                  INTERVALS_ICU_<KEY> before the file, an option before both. The command config shows every key with its value \
                  and where it comes from.";
    roff.text([roman(layers)]);
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in EXIT_STATUS {
        roff.control("TP", []);
        roff.text([bold(code)]);
        roff.text([roman(meaning)]);
    }
    if let Some(examples) = program.get_after_help() {
        roff.control("SH", ["EXAMPLES"]);
        roff.control("nf", []);
        for line in examples.to_string().lines().skip(1) {
            roff.text([roman(line.trim())]);
        }
        roff.control("fi", []);
    }
    roff
}
