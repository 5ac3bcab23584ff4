//! The terminal on which `setup` asks its questions.
use std::io::{self, BufRead, IsTerminal, Read, Write};

/// The limit of what is read from stdin, in bytes: more than any key has.
const MAX_INPUT: u64 = 4096;

/// A terminal. The end of its input is an error.
pub trait Terminal {
    /// Whether a person can answer questions.
    fn is_interactive(&self) -> bool;

    /// Prints one or more lines.
    fn say(&mut self, text: &str) -> io::Result<()>;

    /// Prints an error that ends the setup.
    fn fail(&mut self, problem: &str) -> io::Result<()> {
        self.say(problem)
    }

    /// Asks for a line.
    fn ask(&mut self, question: &str) -> io::Result<String>;

    /// Asks for a line that is not shown while it is typed.
    fn ask_hidden(&mut self, question: &str) -> io::Result<String>;

    /// Reads the whole input, without a question.
    fn read_to_end(&mut self) -> io::Result<String>;

    /// Asks a question until the answer is yes or no. An empty answer is `default`.
    fn confirm(&mut self, question: &str, default: bool) -> io::Result<bool> {
        let choice = if default { "[Y/n]" } else { "[y/N]" };
        loop {
            match self.ask(&format!("{question} {choice} "))?.trim().to_lowercase().as_str() {
                "" => return Ok(default),
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => self.say("Please answer y or n.")?,
            }
        }
    }
}

/// The terminal of this process.
pub struct Console<'a, W> {
    out: &'a mut W,
}

impl<'a, W: Write> Console<'a, W> {
    /// A terminal that prints to `out`.
    pub fn new(out: &'a mut W) -> Self {
        Self { out }
    }
}

impl<W: Write> Terminal for Console<'_, W> {
    fn is_interactive(&self) -> bool {
        io::stdin().is_terminal()
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    fn fail(&mut self, problem: &str) -> io::Result<()> {
        writeln!(io::stderr(), "error: {problem}")
    }

    fn ask(&mut self, question: &str) -> io::Result<String> {
        write!(self.out, "{question}")?;
        self.out.flush()?;
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line)? {
            0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the input ended before the last answer")),
            _ => Ok(line),
        }
    }

    fn ask_hidden(&mut self, question: &str) -> io::Result<String> {
        write!(self.out, "{question}")?;
        self.out.flush()?;
        let line = rpassword::read_password()?;
        writeln!(self.out)?;
        Ok(line)
    }

    fn read_to_end(&mut self) -> io::Result<String> {
        let mut text = String::new();
        io::stdin().lock().take(MAX_INPUT).read_to_string(&mut text)?;
        Ok(text)
    }
}
