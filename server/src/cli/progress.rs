//! The progress of a call: one line on stderr, if that is a terminal, which is erased when the call ends.
use std::{
    io::{self, IsTerminal},
    sync::Arc,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use intervals_core::{BoxFuture, Call, Host, host::Step};

use super::terminal::plain;

/// The progress line. It is first drawn with the first step, or by [`ProgressLine::wait`].
pub struct ProgressLine {
    bar: ProgressBar,
    enabled: bool,
}

impl ProgressLine {
    /// The progress line of a tool. It is never drawn if `quiet`, or if stderr is not a terminal that can erase.
    pub fn new(tool: &str, quiet: bool) -> Self {
        let can_erase = io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(tool.to_owned());
        Self { bar, enabled: can_erase && !quiet }
    }

    /// Shows the progress that this call reports.
    pub fn follow(&self, call: &mut Call) {
        if self.enabled {
            call.host = Arc::new(TerminalHost(self.bar.clone()));
        }
    }

    /// Shows that the call is still running, whether or not it reports progress.
    pub fn wait(&self) {
        if self.enabled {
            if self.bar.is_hidden() {
                self.bar.set_style(style("{spinner} {elapsed} {wide_msg}"));
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.enable_steady_tick(Duration::from_millis(120));
        }
    }
}

/// The host of a tool that is called from a terminal: it shows progress.
struct TerminalHost(ProgressBar);

impl Host for TerminalHost {
    fn progress(&self, step: Step) -> BoxFuture<'_, ()> {
        show(&self.0, step);
        Box::pin(std::future::ready(()))
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn show(bar: &ProgressBar, Step { done, total, message, .. }: Step) {
    if bar.length().is_none()
        && let Some(total) = total
    {
        bar.set_length(total as u64);
        bar.set_style(style("[{bar:24}] {pos}/{len} {wide_msg}"));
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
    bar.set_message(plain(&message.replace('\n', " ")).into_owned());
    bar.set_position(done as u64);
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
