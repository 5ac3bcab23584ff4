//! The rules that every pack keeps, a test each.
use intervals_core::testing::demo;

use {{crate_name}} as _;

intervals_core::pack_conformance!(demo().await);
