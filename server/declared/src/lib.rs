//! Declared packs: a TOML file in `packs.d` declares a pack without Rust. It is checked against the API's contract when it is
//! read.
mod answer;
mod argument;
mod check;
mod files;
mod form;
mod pack;
mod template;
mod tool;

pub use files::{PackFiles, Stamps, folder, stamps};
