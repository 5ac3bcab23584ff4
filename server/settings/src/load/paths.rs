//! Paths in the configuration: `~` is the home folder, and a relative path in a file is relative to the file's folder.
use std::path::{Path, PathBuf};

use crate::config::Config;

/// Resolves the paths of a configuration. `folder` returns the folder of the file that sets a key; `None` if no file does.
pub(super) fn resolve(config: &mut Config, folder: impl Fn(&str) -> Option<PathBuf>) {
    let mut paths: Vec<(&str, &mut PathBuf)> = vec![];
    let keys = [
        ("packs_dir", &mut config.packs_dir),
        ("download_dir", &mut config.download_dir),
        ("http_token_file", &mut config.http_token_file),
        ("ca_file", &mut config.ca_file),
    ];
    paths.extend(keys.into_iter().filter_map(|(key, path)| Some((key, path.as_mut()?))));
    paths.extend(config.http_tokens.iter_mut().filter_map(|token| Some(("http_tokens", token.file.as_mut()?))));
    for (key, path) in paths {
        *path = at_home(std::mem::take(path));
        if let Some(folder) = folder(key).filter(|_| path.is_relative()) {
            *path = folder.join(&path);
        }
    }
}

/// Replaces a leading `~` by the home folder, if there is one. No shell expands it in a file.
pub(super) fn at_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), dirs::home_dir()) {
        (Ok(rest), Some(home)) if rest == Path::new("") => home,
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}
