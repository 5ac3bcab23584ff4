//! W3C trace context: taken from the caller, and passed on with the requests of the call.
use reqwest::RequestBuilder;

/// The trace context of a call (<https://www.w3.org/TR/trace-context/>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: String,
    parent_id: String,
    flags: u8,
    tracestate: Option<String>,
}

/// The flags that are passed on: sampled, and random trace id (level 2). Others must be zero (§3.2.2.5.2).
const FLAGS: u8 = 0b11;

/// The most members of a tracestate (§3.3.1.1), and the most characters that are passed on (§3.3.1.5).
const MEMBERS: usize = 32;
const LONGEST: usize = 512;

/// Members longer than this are dropped first when a tracestate is too long (§3.3.1.5).
const LONG: usize = 128;

impl TraceContext {
    /// Parses the headers. Returns `None` for an invalid `traceparent` (§3.2). An invalid `tracestate` (§3.3) is only left out.
    /// Join several `tracestate` headers with commas before.
    pub fn parse(traceparent: &str, tracestate: Option<&str>) -> Option<Self> {
        let hex = |range: std::ops::Range<usize>| {
            let part = traceparent.get(range)?;
            part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).then_some(part)
        };
        let dash = |at: usize| traceparent.as_bytes().get(at) == Some(&b'-');
        let (version, trace_id, parent_id, flags) = (hex(0..2)?, hex(3..35)?, hex(36..52)?, hex(53..55)?);
        let ends = match version {
            "ff" => false,
            "00" => traceparent.len() == 55,
            // A later version may only add fields after these (§3.2.4).
            _ => traceparent.len() == 55 || dash(55),
        };
        let set = |id: &str| id.bytes().any(|b| b != b'0');
        if !(ends && dash(2) && dash(35) && dash(52) && set(trace_id) && set(parent_id)) {
            return None;
        }
        Some(Self {
            trace_id: trace_id.into(),
            parent_id: parent_id.into(),
            flags: u8::from_str_radix(flags, 16).ok()? & FLAGS,
            tracestate: tracestate.and_then(members),
        })
    }

    /// The id of the trace, which all its parts share: 32 hexadecimal digits.
    pub fn trace_id(&self) -> &str {
        &self.trace_id
    }

    /// The header `traceparent`, always of version 00, the supported one (§3.2.4).
    pub fn traceparent(&self) -> String {
        format!("00-{}-{}-{:02x}", self.trace_id, self.parent_id, self.flags)
    }

    /// The header `tracestate`.
    pub fn tracestate(&self) -> Option<&str> {
        self.tracestate.as_deref()
    }

    /// A child in the same trace, with a new random parent id.
    pub fn child(&self) -> Self {
        Self { parent_id: format!("{:016x}", fastrand::u64(1..)), ..self.clone() }
    }

    /// Adds the headers of a child to a request.
    pub(crate) fn with(&self, request: RequestBuilder) -> RequestBuilder {
        let child = self.child();
        let request = request.header("traceparent", child.traceparent());
        child.tracestate.into_iter().fold(request, |request, state| request.header("tracestate", state))
    }
}

/// The members of a tracestate without blanks and empty ones, as many as fit. Returns `None` for an invalid or duplicate member.
fn members(tracestate: &str) -> Option<String> {
    let mut kept: Vec<(&str, &str)> = vec![];
    for member in tracestate.split(',').map(|member| member.trim_matches([' ', '\t'])) {
        if member.is_empty() {
            continue;
        }
        let (key, value) = member.split_once('=')?;
        let twice = kept.iter().any(|(known, _)| *known == key);
        if twice || kept.len() == MEMBERS || !is_key(key) || !is_value(value) {
            return None;
        }
        kept.push((key, value));
    }
    let length = |(key, value): &(&str, &str)| key.len() + value.len() + 1;
    while kept.iter().map(|member| length(member) + 1).sum::<usize>() > LONGEST + 1 {
        let long = kept.iter().rposition(|member| length(member) > LONG);
        kept.remove(long.unwrap_or(kept.len() - 1));
    }
    let kept: Vec<_> = kept.iter().map(|(key, value)| format!("{key}={value}")).collect();
    Some(kept.join(",")).filter(|text| !text.is_empty())
}

/// Whether a key is valid (§3.3.1.3.1), in the form of level 2, which includes level 1.
fn is_key(key: &str) -> bool {
    let first = key.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let inner = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@');
    first && key.len() <= 256 && key.bytes().all(inner)
}

/// Whether a value is valid (§3.3.1.3.2): printable characters but comma and equals sign. Blanks at the end were cut off before.
fn is_value(value: &str) -> bool {
    (1..=256).contains(&value.len()) && value.bytes().all(|b| matches!(b, b' '..=b'~') && !matches!(b, b',' | b'='))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[rstest]
    #[case::now(PARENT, Some(PARENT))]
    #[case::not_sampled(
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
    )]
    #[case::unknown_flags(
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
        Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03")
    )]
    #[case::later_version("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Some(PARENT))]
    #[case::later_version_with_more("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what", Some(PARENT))]
    #[case::later_version_run_on("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01what", None)]
    #[case::more_than_version_00_has("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what", None)]
    #[case::version_ff("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", None)]
    #[case::no_trace("00-00000000000000000000000000000000-b7ad6b7169203331-01", None)]
    #[case::no_parent("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", None)]
    #[case::capitals("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", None)]
    #[case::short("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1", None)]
    #[case::no_hex("00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01", None)]
    #[case::other_marks("00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01", None)]
    #[case::a_blank(" 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", None)]
    #[case::not_ascii("00-0af7651916cd43dd8448eb211c80319é-b7ad6b7169203331-01", None)]
    #[case::nothing("", None)]
    fn a_traceparent_is_read_strictly(#[case] given: &str, #[case] expected: Option<&str>) {
        let read = TraceContext::parse(given, None).map(|context| context.traceparent());
        assert_eq!(read.as_deref(), expected);
    }

    #[rstest]
    #[case::two("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", Some("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"))]
    #[case::blanks_and_empty_ones(" a=1 ,,\tb=2 , ", Some("a=1,b=2"))]
    #[case::tenant("fw529a3039@dt=FfFfFfFf,0a/b*c_d-e=x y", Some("fw529a3039@dt=FfFfFfFf,0a/b*c_d-e=x y"))]
    #[case::nothing(" , ", None)]
    #[case::no_value("a=1,b", None)]
    #[case::empty_value("a=", None)]
    #[case::two_signs("a=b=c", None)]
    #[case::twice("a=1,b=2,a=3", None)]
    #[case::capital("A=1", None)]
    #[case::sign_first("@a=1", None)]
    #[case::not_ascii("a=é", None)]
    #[case::a_control_character("a=1\r\nx: y", None)]
    fn a_malformed_tracestate_is_left_out_and_the_trace_stays(#[case] given: &str, #[case] expected: Option<&str>) {
        let context = TraceContext::parse(PARENT, Some(given)).unwrap();
        assert_eq!((context.tracestate(), context.traceparent().as_str()), (expected, PARENT));
    }

    #[test]
    fn a_tracestate_is_bounded() {
        let state = |members: &[String]| TraceContext::parse(PARENT, Some(&members.join(","))).unwrap().tracestate;
        let small: Vec<_> = (0..33).map(|n| format!("k{n}=v")).collect();
        assert_eq!(state(&small[..32]), Some(small[..32].join(",")));
        assert_eq!(state(&small), None);
        // Long members go first, then the last ones.
        let middle: Vec<_> = (0..6).map(|n| format!("k{n}={}", "v".repeat(97))).collect();
        let long = format!("long={}", "v".repeat(200));
        let given = [&middle[..1], &[long], &middle[1..]].concat();
        assert_eq!(state(&given), Some(middle[..5].join(",")));
        assert_eq!(state(&[format!("k={}", "v".repeat(257))]), None);
        let just = [format!("a={}", "v".repeat(254)), format!("b={}", "v".repeat(253))];
        assert_eq!(state(&just).map(|state| state.len()), Some(LONGEST));
    }

    #[test]
    fn a_child_has_a_parent_of_its_own_in_the_same_trace() {
        let context = TraceContext::parse(PARENT, Some("a=1")).unwrap();
        let (one, two) = (context.child(), context.child());
        assert_ne!(one.parent_id, two.parent_id);
        assert_ne!(one.parent_id, context.parent_id);
        assert_eq!((one.trace_id(), one.tracestate()), (context.trace_id(), Some("a=1")));
        assert_eq!(TraceContext::parse(&one.traceparent(), one.tracestate()), Some(one));
    }
}
