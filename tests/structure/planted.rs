//! Wrong arrows and circles that are planted here are found and named.
use rstest::rstest;

use super::{
    circles::circles,
    layers::{Dependency, Package, wrong_arrows},
};

const ROOT: (&str, &str) = ("lib.rs", "mod a; mod b;");

#[rstest]
#[case::through_re_exports(
    &[
        ("lib.rs", "mod a; mod b; pub use a::Alpha; pub use b::*;"),
        ("a.rs", "use crate::Beta; pub struct Alpha(Beta);"),
        ("b.rs", "use crate::Alpha; pub struct Beta(Box<Alpha>);"),
    ],
    "a.rs -> b.rs (Beta) -> a.rs (Alpha)"
)]
#[case::through_paths_in_code(
    &[ROOT, ("a.rs", "pub fn start() { crate::b::go() }"), ("b.rs", "pub fn go() { let next = super::a::start; next() }")],
    "a.rs -> b.rs (go) -> a.rs (start)"
)]
#[case::through_types_and_patterns(
    &[
        ROOT,
        ("a.rs", "pub enum Alpha { One } fn f(_: Vec<super::b::Beta>) {}"),
        ("b.rs", "pub struct Beta; fn f(a: u8) -> bool { matches!(a, crate::a::Alpha::One) }"),
    ],
    "a.rs -> b.rs (Beta) -> a.rs (Alpha)"
)]
#[case::through_the_tokens_of_a_macro(
    &[
        ROOT,
        ("a.rs", "pub fn f() -> String { format!(\"{}\", [crate::b::N].len()) }"),
        ("b.rs", "pub const N: u8 = 1; macro_rules! m { () => { $crate::a::f() } }"),
    ],
    "a.rs -> b.rs (N) -> a.rs (f)"
)]
#[case::through_the_text_of_an_attribute(
    &[
        ROOT,
        ("a.rs", "struct A { #[serde(default, with = \"crate::b::lenient\")] a: u8 } pub fn f() {}"),
        ("b.rs", "pub mod lenient { fn f() { crate::a::f() } }"),
    ],
    "a.rs -> b.rs (lenient) -> a.rs (f)"
)]
#[case::through_the_crates_own_name(
    &[
        ("lib.rs", "extern crate self as planted; mod a; mod b;"),
        ("a.rs", "use planted::b::Beta; pub struct Alpha;"),
        ("b.rs", "pub struct Beta; impl Beta { fn f() -> planted::a::Alpha { todo!() } }"),
    ],
    "a.rs -> b.rs (Beta) -> a.rs (Alpha)"
)]
#[case::through_a_glob(
    &[
        ("lib.rs", "mod a; mod b; pub struct Root; pub use a::Alpha;"),
        ("a.rs", "use crate::b::Beta; pub struct Alpha(Beta);"),
        ("b.rs", "use super::*; pub struct Beta; fn f(_: Alpha, _: Root) {}"),
    ],
    "a.rs -> b.rs (Beta) -> a.rs (Alpha)"
)]
#[case::through_an_import_of_another_file(
    &[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "pub use crate::c::Gamma as Named; pub use crate::b::Beta;"),
        ("b.rs", "use crate::c::Gamma; pub struct Beta;"),
        ("c.rs", "pub struct Gamma; fn f(_: crate::a::Beta) {}"),
    ],
    "b.rs -> c.rs (Gamma) -> b.rs (Beta)"
)]
#[case::with_what_a_macro_defines(
    &[
        ROOT,
        ("a.rs", "units! { Metres, Seconds } fn f() { crate::b::f() }"),
        ("b.rs", "use crate::a::Metres; pub fn f() {}"),
    ],
    "a.rs -> b.rs (f) -> a.rs (Metres)"
)]
#[case::between_siblings_in_a_folder(
    &[
        ("lib.rs", "mod a;"),
        ("a.rs", "mod one; mod two;"),
        ("a/one.rs", "use super::two::Two; pub struct One;"),
        ("a/two.rs", "pub struct Two; fn f() -> super::one::One { todo!() }"),
    ],
    "a/one.rs -> a/two.rs (Two) -> a/one.rs (One)"
)]
#[case::of_a_folder_and_another_file(
    &[
        ROOT,
        ("a.rs", "mod part; pub struct Alpha;"),
        ("a/part.rs", "use crate::b::Beta;"),
        ("b.rs", "use crate::a::Alpha; pub struct Beta;"),
    ],
    "a.rs -> b.rs (Beta in a/part.rs) -> a.rs (Alpha)"
)]
#[case::with_an_item_of_the_root(
    &[("lib.rs", "mod a; pub struct Root; fn f() { a::f() }"), ("a.rs", "use crate::Root; pub fn f() {}")],
    "a.rs -> lib.rs (Root) -> a.rs (f)"
)]
#[case::of_three(
    &[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "pub fn a() { crate::b::b() }"),
        ("b.rs", "pub fn b() { crate::c::c() }"),
        ("c.rs", "pub fn c() { crate::a::a() }"),
    ],
    "a.rs -> b.rs (b) -> c.rs (c) -> a.rs (a)"
)]
fn a_circle_is_found(#[case] files: &[(&str, &str)], #[case] expected: &str) {
    assert_eq!(circles(files.iter().copied()), [expected]);
}

#[rstest]
#[case::a_file_and_its_folder(
    &[
        ("lib.rs", "mod a;"),
        ("a.rs", "mod part; use part::Part; pub struct Alpha(Part);"),
        ("a/part.rs", "use super::Alpha; pub struct Part; fn f(_: &crate::a::Alpha) {}"),
    ]
)]
#[case::tests(
    &[
        ROOT,
        ("a.rs", "pub struct Alpha; #[cfg(test)] mod tests { use crate::b::Beta; } #[cfg(test)] mod more;"),
        ("a/more.rs", "use crate::b::Beta;"),
        ("b.rs", "use crate::a::Alpha; pub struct Beta;"),
    ]
)]
#[case::a_re_export_of_the_root(
    &[("lib.rs", "mod a; pub use a::Alpha; pub type Map = u8;"), ("a.rs", "use crate::Map; pub struct Alpha(Map);")]
)]
#[case::a_local_variable_with_the_name_of_a_module(
    &[
        ("lib.rs", "mod a; pub struct Root; fn f(a: u8) -> u8 { a }"),
        ("a.rs", "pub struct Alpha(crate::Root);"),
    ]
)]
#[case::a_macro_of_another_crate_with_the_name_of_a_module(
    &[
        ("lib.rs", "mod a; mod tool; pub use macros::tool;"),
        ("a.rs", "use crate::tool; pub struct Alpha;"),
        ("tool.rs", "use crate::a::Alpha;"),
    ]
)]
fn what_is_no_circle_is_none(#[case] files: &[(&str, &str)]) {
    assert_eq!(circles(files.iter().copied()), Vec::<String>::new());
}

fn dependency(name: &str) -> Dependency {
    Dependency { name: name.to_owned(), for_tests: false, features: vec![] }
}

fn dev(name: &str) -> Dependency {
    Dependency { for_tests: true, ..dependency(name) }
}

fn testing(name: &str) -> Dependency {
    Dependency { features: vec!["testing".to_owned()], ..dependency(name) }
}

/// The faults of a workspace with crates of each kind, when the crate of a folder has this dependency.
fn faults(folder: &str, added: Dependency) -> Vec<String> {
    let package =
        |folder: &str, dependencies| Package { name: folder.to_owned(), folder: folder.to_owned(), dependencies };
    let others =
        ["core/client", "core/records", "core/charts", "core", "packs/gear", "packs/events", "server/demo", "server"];
    let others = others.into_iter().filter(|other| *other != folder).map(|folder| package(folder, vec![]));
    let packages: Vec<_> = others.chain([package(folder, vec![added])]).collect();
    wrong_arrows(&packages).into_iter().collect()
}

#[rstest]
#[case::pack_to_client("packs/gear", dependency("core/client"), "packs/gear -> core/client: ")]
#[case::pack_to_records("packs/gear", dependency("core/records"), "packs/gear -> core/records: ")]
#[case::pack_to_pack("packs/gear", dependency("packs/events"), "packs/gear -> packs/events: ")]
#[case::pack_to_pack_for_tests("packs/gear", dev("packs/events"), "packs/gear -> packs/events: ")]
#[case::pack_to_server("packs/gear", dependency("server"), "packs/gear -> server: ")]
#[case::pack_to_demo("packs/gear", dependency("server/demo"), "packs/gear -> server/demo: ")]
#[case::core_upward("core", dependency("packs/gear"), "core -> packs/gear: ")]
#[case::client_upward("core/client", dependency("core/records"), "core/client -> core/records: ")]
#[case::leaf("core/charts", dependency("core"), "core/charts -> core: ")]
#[case::demo("server/demo", dependency("core/client"), "server/demo -> core/client: ")]
#[case::server_part("server/catalog", dependency("packs/gear"), "server/catalog -> packs/gear: ")]
#[case::testing_in_a_build("packs/gear", testing("core"), "packs/gear -> core: `testing` is for dev-dependencies")]
#[case::core_and_rmcp("core", dependency("rmcp"), "core -> rmcp: ")]
#[case::pack_and_http("packs/gear", dependency("hyper"), "packs/gear -> hyper: ")]
#[case::unknown_folder("elsewhere", dependency("core"), "elsewhere is in no layer")]
fn a_wrong_arrow_between_crates_is_named(#[case] folder: &str, #[case] added: Dependency, #[case] expected: &str) {
    let faults = faults(folder, added);
    assert!(matches!(&*faults, [fault] if fault.starts_with(expected)), "{faults:#?}");
}

#[rstest]
#[case("packs/gear", dependency("core"))]
#[case("packs/gear", dependency("core/charts"))]
#[case("packs/gear", dependency("serde"))]
#[case("packs/gear", dev("server/demo"))]
#[case("packs/gear", dev("wiremock"))]
#[case("packs/gear", Dependency { for_tests: true, ..testing("core") })]
#[case("core/records", dependency("core/client"))]
#[case("server", dependency("packs/gear"))]
#[case("server/catalog", dependency("core"))]
fn an_arrow_that_points_down_is_right(#[case] folder: &str, #[case] added: Dependency) {
    assert_eq!(faults(folder, added), Vec::<String>::new());
}
