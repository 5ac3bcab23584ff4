//! Tests the pack against the rules for packs, one test each.
use intervals_core::testing::demo;

use {{crate_name}} as _;

intervals_core::pack_conformance!(demo().await);
