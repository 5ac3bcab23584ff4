//! The same on a terminal.
use std::{
    fs::File,
    io::Read,
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use rstest::rstest;
use rustix_openpty::{openpty, rustix::termios::Winsize};

use super::DEMO;
use crate::world::{binary, has_every_pack, run};

/// Which streams are the terminal; the others are pipes.
#[derive(Clone, Copy, PartialEq)]
enum Shows {
    Out,
    Err,
}

/// A process and the terminal that it writes to.
struct Session {
    child: Child,
    screen: File,
    /// As it came: a character may come in parts.
    seen: Vec<u8>,
}

impl Session {
    fn start(shows: Shows, columns: u16, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let size = Winsize { ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = openpty(None, Some(&size)).unwrap();
        let mut command = binary(arguments);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "COLORTERM", "CI"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color").envs(environment.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        match shows {
            Shows::Out => command.stdout(pty.user),
            Shows::Err => command.stderr(pty.user),
        };
        let child = command.spawn().unwrap();
        Self { child, screen: pty.controller.into(), seen: vec![] }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    /// Reads on until the screen shows this. Fails when the process ends before.
    fn until(&mut self, text: &str) {
        while !self.text().contains(text) {
            assert!(self.more(), "{text} was not shown: {:?}", self.text());
        }
    }

    fn more(&mut self) -> bool {
        let mut bytes = [0; 4096];
        // The last writer's end is an error on some systems.
        let read = self.screen.read(&mut bytes).unwrap_or(0);
        self.seen.extend_from_slice(&bytes[..read]);
        read > 0
    }

    fn interrupt(&self) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// To the end: exit code, what the terminal was sent, what the other stream was.
    fn end(mut self) -> (Option<i32>, String, String) {
        while self.more() {}
        let seen = self.text();
        let ended = self.child.wait_with_output().unwrap();
        let other = [ended.stdout, ended.stderr].concat();
        (ended.status.code(), seen.replace("\r\n", "\n"), String::from_utf8(other).unwrap())
    }
}

fn shown(columns: u16, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    Session::start(Shows::Out, columns, arguments, environment).end().1
}

/// Without colours.
fn bare(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(|part| part.split_once('m').unwrap().1).collect::<String>()
}

#[rstest]
#[case(&[], true)]
#[case(&[("NO_COLOR", "1")], false)]
#[case(&[("TERM", "dumb")], false)]
#[case(&[("CLICOLOR", "0")], false)]
#[case(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false)]
fn colours_are_shown_where_they_are_wished(#[case] environment: &[(&str, &str)], #[case] coloured: bool) {
    let head = shown(100, &["packs"], environment);
    assert_eq!(head.starts_with("\u{1b}[1mpack "), coloured, "{head:?}");
    for wrong in [&["packs", "--packs", "nonsense"][..], &["fly"]] {
        let (code, error, out) = Session::start(Shows::Err, 100, wrong, environment).end();
        assert_eq!((code, &*out, error.contains("\u{1b}[31m")), (Some(2), "", coloured), "{error:?}");
        assert!(bare(&error).starts_with("error: "), "{error:?}");
    }
}

#[rstest]
fn tables_fit_the_terminal_and_lose_nothing(#[values(60, 80, 100, 132, 300)] columns: u16) {
    for command in [&["packs"][..], &["tools"], &["tools", "--explain"]] {
        let fitted = bare(&shown(columns, command, &[]));
        for line in fitted.lines() {
            assert!(line.chars().count() <= usize::from(columns), "{columns}: {line}");
        }
        let words = |text: &str| text.split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>();
        // Narrower than 80, names are cut, with a mark.
        if columns >= 80 {
            let (mut piped, mut fitted) = (words(&run(command, &[]).out), words(&fitted));
            piped.sort();
            fitted.sort();
            assert_eq!(fitted, piped, "{command:?}");
        }
    }
    // One pack alone may have short names only.
    if columns < 80 && has_every_pack() {
        assert!(bare(&shown(columns, &["tools"], &[])).contains("…  "));
    }
}

#[test]
fn a_terminal_that_does_not_know_its_width_is_taken_at_its_word_or_for_80() {
    let told = shown(0, &["packs"], &[("COLUMNS", "70")]);
    assert_eq!(told, shown(70, &["packs"], &[]));
    for unknown in [&[][..], &[("COLUMNS", "wide")], &[("COLUMNS", "0")]] {
        assert_eq!(shown(0, &["packs"], unknown), shown(80, &["packs"], &[]));
    }
}

#[test]
fn a_value_of_the_configuration_stays_whole() {
    let narrow = bare(&shown(40, &["config"], &[]));
    assert_eq!(narrow.replace("\n    (", "  ("), run(&["config"], &[]).out);
    assert!(narrow.contains("\n    (default)\n"), "{narrow}");
}

#[test]
#[cfg(all(feature = "activities", feature = "demo"))]
fn an_answer_is_the_same_on_a_terminal_but_for_its_head() {
    let call = ["call", "icu_get_recent_activities", "limit=2", DEMO];
    let shown = shown(40, &call, &[]);
    assert!(shown.contains("\u{1b}[1mid "), "{shown:?}");
    assert_eq!(bare(&shown), run(&call, &[]).out);
}

#[cfg(all(feature = "events", feature = "demo"))]
const LONG: [&str; 5] = ["call", "icu_bulk_delete_events", "event_ids=41001,41002", DEMO, "--json"];

#[test]
#[cfg(all(feature = "events", feature = "demo"))]
fn progress_is_shown_on_the_terminal_and_gone_at_the_end() {
    let (code, shown, answer) = Session::start(Shows::Err, 80, &LONG, &[]).end();
    assert_eq!(code, Some(0));
    assert!(shown.contains("/2 event 4100"), "{shown:?}");
    let left = shown.rsplit("\u{1b}[2K").next().unwrap();
    assert_eq!(left.trim_matches('\r'), "", "{shown:?}");
    assert_eq!(answer, run(&LONG, &[]).out);
}

#[rstest]
#[case(&["--quiet"], &[])]
#[case(&[], &[("TERM", "dumb")])]
#[cfg(all(feature = "events", feature = "demo"))]
fn progress_is_not_shown_where_it_is_not_wanted(#[case] more: &[&str], #[case] environment: &[(&str, &str)]) {
    let (code, shown, _) = Session::start(Shows::Err, 80, &[&LONG[..], more].concat(), environment).end();
    assert_eq!((code, &*shown), (Some(0), ""));
    assert_eq!(run(&LONG, &[]).err, "");
}

/// A service that takes a request and never answers.
fn mute() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    (format!("http://{}", listener.local_addr().unwrap()), listener)
}

#[rstest]
#[case(&["call", "icu_get_gear_list"], "")]
#[case(
    &["call", "icu_delete_gear", "gear_id=b123"],
    "error: the call was cancelled. It may have been carried out all the same: read before you repeat it.\n"
)]
#[cfg(feature = "gear")]
fn a_call_that_lasts_is_shown_and_can_be_stopped(#[case] call: &[&str], #[case] said: &str) {
    let (url, _listener) = mute();
    let environment = [("INTERVALS_ICU_BASE_URL", &*url), ("INTERVALS_ICU_API_KEY", "key")];
    let mut session = Session::start(Shows::Err, 80, call, &environment);
    session.until(call[1]);
    session.interrupt();
    let (code, shown, answer) = session.end();
    assert_eq!((code, &*answer), (Some(130), ""));
    let left = shown.rsplit("\u{1b}[2K").next().unwrap();
    assert_eq!(bare(left.trim_matches('\r')), said, "{shown:?}");
}

#[test]
#[cfg(feature = "gear")]
fn a_call_without_a_terminal_can_be_stopped_too() {
    let (url, listener) = mute();
    let environment = [("INTERVALS_ICU_BASE_URL", &*url), ("INTERVALS_ICU_API_KEY", "key")];
    let session = Session::start(Shows::Out, 80, &["call", "icu_get_gear_list"], &environment);
    // The call is under way once it asks.
    let _asked = listener.accept().unwrap();
    session.interrupt();
    let (code, shown, error) = session.end();
    assert_eq!((code, &*shown, &*error), (Some(130), "", ""));
}
