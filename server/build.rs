//! Tells the tests which features they are built with.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks")]
fn main() {
    let features = std::env::vars().filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase()));
    let features: Vec<_> = features.map(|feature| feature.replace('_', "-")).collect();
    println!("cargo::rustc-env=ICU_FEATURES={}", features.join(" "));
    println!("cargo::rerun-if-changed=build.rs");
}
