//! What a panic may say: where it happened, and a text only if it stands in the source.
use std::any::Any;

/// Says of a panic, from now on, where it happened, and leaves out texts that were put together: a failed `unwrap` or a slice in
/// the middle of a character, for example, prints the value, which may be an athlete's. It goes to the log, or to stderr as long
/// as there is none.
pub fn withhold_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        let said = said(panic.payload());
        if tracing::dispatcher::has_been_set() {
            tracing::error!(target: "panic", at, said);
        } else {
            eprintln!("panic at {at}: {said}");
        }
    }));
}

/// A text that is as it stands in the source; whatever was formatted is a `String`.
fn said(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("a text that may hold data, withheld")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_of_the_source_are_said() {
        let said = |panics: fn()| said(&*std::panic::catch_unwind(panics).unwrap_err());
        assert_eq!(said(|| panic!("a defect")), "a defect");
        let withheld = "a text that may hold data, withheld";
        assert_eq!(said(|| panic!("weight {}", std::hint::black_box(71.5))), withheld);
        assert_eq!(said(|| drop("hush".parse::<jiff::Zoned>().unwrap())), withheld);
        assert_eq!(said(|| drop(std::hint::black_box("é hush")[1..].to_owned())), withheld);
    }
}
