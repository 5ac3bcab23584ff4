//! Tests of the errors of `#[tool]`. `TRYBUILD=overwrite` rewrites the `.stderr` files.
#![cfg(test)]

#[test]
fn a_tool_that_is_declared_wrongly_is_explained() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
