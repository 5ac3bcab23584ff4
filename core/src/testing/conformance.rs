//! The macro that writes the rules as tests of one pack.

/// Checks the pack of the calling crate alone against the [rules](crate::testing::rules), with one test per rule.
///
/// Takes an expression for a [`ToolRunner`](crate::testing::ToolRunner), evaluated for each call, and optionally the pack's
/// [`Policy`](crate::testing::Policy). Use it in a file under `tests/` that names the pack's crate, or in the crate's own tests.
///
/// ```text
/// use intervals_core::testing::demo;
/// use intervals_pack_weather as _;
///
/// intervals_core::pack_conformance!(demo().await);
/// ```
#[macro_export]
macro_rules! pack_conformance {
    ($bench:expr $(,)?) => {
        $crate::pack_conformance!($bench, $crate::testing::Policy::default());
    };
    ($bench:expr, $policy:expr $(,)?) => {
        mod pack_conformance {
            #[allow(unused_imports, reason = "what the bench and the policy are written with")]
            use super::*;

            fn __subject() -> $crate::testing::PackUnderTest {
                let names = [env!("CARGO_CRATE_NAME"), env!("CARGO_PKG_NAME")];
                $crate::testing::PackUnderTest::of_crate(names, $policy)
            }

            async fn __bench() -> $crate::testing::ToolRunner {
                $bench
            }

            $crate::__rules! {
                names_are_of_one_kind: names;
                a_description_is_a_sentence_that_starts_with_what_is_special: descriptions;
                the_card_says_one_sentence: cards;
                every_argument_is_described_and_has_an_example: arguments;
                schemas_are_plain_objects_without_nulls: schemas;
                no_answer_takes_the_names_that_core_adds: additions;
                a_tool_costs_no_more_than_its_budget: budget;
                what_deletes_says_how_final_it_is: deletes;
                prompts_lead_to_tools_that_exist: prompts;
                exceptions_are_of_tools_that_there_are: exceptions;
                async no_tool_does_more_than_its_effect_says: effects;
                async every_example_works_and_its_answer_fits_the_output_schema: answers;
                async nothing_is_written_in_read_only_mode: read_only;
                async resources_can_be_read_and_go_with_tools_that_read: resources;
            }
        }
    };
}

/// A test per rule.
#[doc(hidden)]
#[macro_export]
macro_rules! __rules {
    () => {};
    (async $test:ident: $rule:ident; $($rest:tt)*) => {
        #[test]
        fn $test() {
            $crate::testing::rules::hold(&$crate::testing::wait_for($crate::testing::rules::$rule(&__subject(), __bench)));
        }
        $crate::__rules! { $($rest)* }
    };
    ($test:ident: $rule:ident; $($rest:tt)*) => {
        #[test]
        fn $test() {
            $crate::testing::rules::hold(&$crate::testing::rules::$rule(&__subject()));
        }
        $crate::__rules! { $($rest)* }
    };
}

/// Runs a test to its end on threads of its own, so that it does not block the service that it runs against.
///
/// Panics when no thread can be started.
#[doc(hidden)]
#[allow(clippy::expect_used, reason = "for tests only")]
pub fn wait_for<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(test)
}
