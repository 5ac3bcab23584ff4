//! Circles of files, in a crate and in each of its folders.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    arrows::{Arrow, arrows},
    modules::Modules,
};

/// Every circle of files in words; `files` are (path below `src`, text) pairs.
///
/// A file and its folder count as one, and inside the folder its files are compared among themselves.
pub fn circles<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let arrows = arrows(&Modules::read(files));
    let files: BTreeSet<&str> = arrows.iter().flat_map(|arrow| [&*arrow.from, &*arrow.to]).collect();
    let folders: BTreeSet<&str> = files.iter().flat_map(|file| folders_of(file)).collect();
    folders.into_iter().flat_map(|folder| Level::new(folder, &arrows).circles()).collect()
}

/// The folders that a file lies in, each with its `/`; the crate's own is "".
fn folders_of(file: &str) -> impl Iterator<Item = &str> {
    let ends = file.match_indices('/').map(|(end, _)| end + 1);
    [0].into_iter().chain(ends).map(|end| &file[..end])
}

/// What lies in one folder, and what uses what there: one arrow for each pair.
struct Level<'a>(BTreeMap<String, BTreeMap<String, &'a Arrow>>);

impl<'a> Level<'a> {
    fn new(folder: &str, arrows: &'a BTreeSet<Arrow>) -> Self {
        let mut level = Self(BTreeMap::new());
        for arrow in arrows {
            if let (Some(from), Some(to)) = (place(folder, &arrow.from), place(folder, &arrow.to))
                && from != to
            {
                level.0.entry(from).or_default().entry(to).or_insert(arrow);
            }
        }
        level
    }

    /// The shortest circle through each file, each file once.
    fn circles(&self) -> Vec<String> {
        let mut told = BTreeSet::new();
        let mut circles = vec![];
        for start in self.0.keys() {
            if !told.contains(start)
                && let Some(circle) = self.shortest(start)
            {
                circles.push(self.words(&circle));
                told.extend(circle);
            }
        }
        circles
    }

    /// The files of the shortest way from one back to itself; it begins and ends with that one.
    fn shortest(&self, start: &str) -> Option<Vec<String>> {
        let mut before: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(here) = queue.pop_front() {
            for next in self.0.get(here).into_iter().flat_map(BTreeMap::keys) {
                if next == start {
                    let mut way = vec![start.to_owned()];
                    let mut back = here;
                    while back != start {
                        way.push(back.to_owned());
                        back = before[back];
                    }
                    way.push(start.to_owned());
                    way.reverse();
                    return Some(way);
                }
                if !before.contains_key(&**next) {
                    before.insert(next, here);
                    queue.push_back(next);
                }
            }
        }
        None
    }

    /// `a.rs -> b.rs (Name) -> a.rs (Other)`; an arrow that does not begin in the file itself says where.
    fn words(&self, circle: &[String]) -> String {
        let step = |pair: &[String]| {
            let arrow = self.0[&pair[0]][&pair[1]];
            let inside = if arrow.from == pair[0] { String::new() } else { format!(" in {}", arrow.from) };
            format!(" -> {} ({}{inside})", pair[1], arrow.name)
        };
        circle[0].clone() + &circle.windows(2).map(step).collect::<String>()
    }
}

/// The file that counts for `file` in a folder: its own, or the one that its subfolder belongs to.
fn place(folder: &str, file: &str) -> Option<String> {
    let rest = file.strip_prefix(folder)?;
    Some(match rest.split_once('/') {
        Some((subfolder, _)) => format!("{folder}{subfolder}.rs"),
        None => file.to_owned(),
    })
}
