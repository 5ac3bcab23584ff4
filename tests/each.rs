//! The tests of a build with any one pack. `main.rs` has them too, among all others; this small binary is quickly built for each pack.
#![cfg(test)]
#![allow(dead_code, reason = "world.rs serves all tests")]
mod golden;
mod link;
mod policy;
mod world;

// Links the packs of this build.
use intervals_icu_mcp as _;
