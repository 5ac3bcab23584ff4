//! The pages: README, changelog and what stands in `docs`, with their fences apart from their prose.
use std::path::Path;

use crate::world::path;

/// A document.
pub struct Page {
    /// From the repository's root.
    pub name: String,
    pub text: String,
}

/// A fenced block.
pub struct Fence<'a> {
    /// `sh`, `json`, …
    pub kind: &'a str,
    pub text: &'a str,
    /// Whether only a blank line parts it from the fence before.
    pub follows: bool,
}

/// All of them.
pub fn pages() -> Vec<Page> {
    let mut files = vec!["README.md".to_owned(), "CHANGELOG.md".into()];
    files.extend(book());
    let inner = files_in(&path("docs")).into_iter().filter(|file| file.ends_with("/README.md"));
    files.extend(inner.filter(|file| !file.starts_with("docs/template")));
    files.into_iter().map(|name| Page { text: std::fs::read_to_string(path(&name)).unwrap(), name }).collect()
}

/// The pages of the book, and its table of contents.
pub fn book() -> Vec<String> {
    let files = path("docs").read_dir().unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut pages: Vec<_> = files.filter(|file| file.ends_with(".md")).map(|file| format!("docs/{file}")).collect();
    pages.sort();
    pages
}

/// The files below a folder, from the repository's root.
pub fn files_in(folder: &Path) -> Vec<String> {
    let (mut found, mut folders) = (vec![], vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true if entry.file_name() == "target" || entry.file_name() == "node_modules" => {}
                true => folders.push(entry.path()),
                false => found.push(entry.path().strip_prefix(path("")).unwrap().to_str().unwrap().replace('\\', "/")),
            }
        }
    }
    found
}

impl Page {
    /// The fenced blocks, also those that stand in a list.
    pub fn fences(&self) -> Vec<Fence<'_>> {
        let parts: Vec<_> = self.text.split("```").collect();
        assert!(!parts.len().is_multiple_of(2), "{}: a fence is not closed", self.name);
        let blocks = parts.iter().enumerate().filter(|(n, _)| n % 2 == 1);
        let fences = blocks.map(|(n, block)| {
            let (kind, text) = block.split_once('\n').unwrap_or((block, ""));
            Fence { kind: kind.trim(), text, follows: n > 1 && parts[n - 1].trim().is_empty() }
        });
        fences.collect()
    }

    /// What is no fenced block.
    pub fn prose(&self) -> String {
        self.text.split("```").step_by(2).collect::<Vec<_>>().join("\n")
    }

    /// What stands between single backticks.
    pub fn spans(&self) -> Vec<String> {
        self.prose().split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }
}
