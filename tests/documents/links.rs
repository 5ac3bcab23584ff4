//! Links lead somewhere, on a code host as in the book.
use std::collections::BTreeMap;

use super::pages::{Page, book, pages};
use crate::world::path;

const CONTENTS: &str = "docs/SUMMARY.md";

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_are_there() {
    let pages = pages();
    let anchors: BTreeMap<_, _> = pages.iter().map(|page| (page.name.as_str(), anchors(page))).collect();
    let (mut faults, mut followed) = (vec![], 0);
    for page in &pages {
        for link in links(page) {
            followed += 1;
            let Some(target) = target(&page.name, &link) else {
                if !link.starts_with("https://") {
                    faults.push(format!("{}: {link} is neither a file nor https", page.name));
                }
                continue;
            };
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let known = anchors.get(file).is_some_and(|anchors| anchors.iter().any(|known| known == anchor));
            if !path(file).exists() {
                faults.push(format!("{}: {link}: there is no {file}", page.name));
            } else if !anchor.is_empty() && !known {
                faults.push(format!("{}: {link}: {file} has no heading for #{anchor}", page.name));
            }
        }
    }
    assert!(faults.is_empty() && followed > 50, "{followed} links: {faults:#?}");
}

#[test]
fn the_book_has_every_page_once_and_its_pages_lead_to_nothing_outside() {
    let (pages, book) = (pages(), book());
    let contents = pages.iter().find(|page| page.name == CONTENTS).unwrap();
    let mut listed: Vec<_> = links(contents).iter().filter_map(|link| target(CONTENTS, link)).collect();
    listed.push(CONTENTS.into());
    listed.sort();
    assert_eq!(listed, book, "docs/SUMMARY.md lists each page of docs once");
    let mut faults = vec![];
    for page in pages.iter().filter(|page| book.contains(&page.name)) {
        let targets = links(page).into_iter().filter_map(|link| target(&page.name, &link));
        let files = targets.map(|target| target.split('#').next().unwrap().to_owned());
        let outside = files.filter(|file| !book.contains(file) && !file.starts_with("docs/pictures/"));
        faults.extend(outside.map(|file| format!("{} links to {file}: name it as `{file}` instead", page.name)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What a page links to or shows, in Markdown and HTML.
fn links(page: &Page) -> Vec<String> {
    // Without code spans.
    let prose: String = page.prose().split('`').step_by(2).collect::<Vec<_>>().join("");
    let forms = [("](", ')'), ("src=\"", '"'), ("srcset=\"", '"'), ("href=\"", '"')];
    let found = forms.iter().flat_map(|(start, end)| {
        prose.split(start).skip(1).map(|rest| rest.split(*end).next().unwrap().trim().to_owned())
    });
    found.collect()
}

/// The file and anchor that a relative link means, from the repository's root.
fn target(page: &str, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    if link.starts_with('#') {
        return Some(format!("{page}{link}"));
    }
    let mut way: Vec<_> = page.split('/').collect();
    way.pop();
    for step in link.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(way.pop()),
            step => way.push(step),
        }
    }
    Some(way.join("/"))
}

/// The anchors of a page's headings, as code hosts and the book make them.
fn anchors(page: &Page) -> Vec<String> {
    let mut anchors: Vec<String> = vec![];
    let prose = page.prose();
    let headings = prose.lines().filter(|line| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#'));
    for heading in headings {
        let shown = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = shown.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
        let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let before = anchors.iter().filter(|known| **known == anchor).count();
        anchors.push(if before == 0 { anchor } else { format!("{anchor}-{before}") });
    }
    anchors
}

#[test]
fn headings_have_the_anchors_that_code_hosts_and_the_book_give_them() {
    let text = "# A: local\n## `[[http_tokens]]`\n## Who can reach it?\n## A: local\n```sh\n# no heading\n```\n#hash\n";
    let page = Page { name: "a.md".into(), text: text.into() };
    assert_eq!(anchors(&page), ["a-local", "http_tokens", "who-can-reach-it", "a-local-1"]);
    assert_eq!(target("docs/a.md", "../README.md#x").as_deref(), Some("README.md#x"));
    assert_eq!(target("docs/a.md", "#x").as_deref(), Some("docs/a.md#x"));
    assert_eq!(target("docs/a.md", "https://example.org"), None);
}
