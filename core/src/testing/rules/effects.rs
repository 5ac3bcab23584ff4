//! Rules: a tool does no more than its effect allows.
use crate::{
    Effect,
    testing::{PackUnderTest, ToolRunner},
    tool::Delete,
};

/// Checks that a tool called a deletion declares its finality and is destructive.
pub fn deletes(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| match (tool.name.contains("delete"), tool.delete, tool.effect) {
        (true, None, _) => vec!["it deletes: say delete = forever or guarded".into()],
        (_, Some(Delete::Forever | Delete::Guarded), Effect::Read | Effect::Write) => {
            vec!["what deletes is destructive".into()]
        }
        _ => vec![],
    })
}

/// Checks that no example call attempts a request beyond the tool's effect: a write when reading, a delete when writing. The client
/// refuses such a request, but a tool that ignores the refusal would seem to work.
pub async fn effects(subject: &PackUnderTest, start: impl AsyncFn() -> ToolRunner) -> Vec<String> {
    let mut faults = vec![];
    for tool in &subject.tools {
        let bench = start().await;
        // Another rule checks that it succeeds.
        let _ = bench.run_tool(tool, subject.example(tool)).await;
        let beyond = bench.requested().into_iter().filter(|request| request.needs > tool.effect);
        faults.extend(beyond.map(|request| {
            format!(
                "{}: it is marked {:?}, and {} needs {:?}",
                tool.name, tool.effect, request.operation, request.needs
            )
        }));
    }
    faults
}

/// Checks that with a read-only client, reading tools work, and all others fail with an error about the refusal.
pub async fn read_only(subject: &PackUnderTest, start: impl AsyncFn() -> ToolRunner) -> Vec<String> {
    let bench = start().await.read_only();
    let mut faults = vec![];
    for tool in &subject.tools {
        let outcome = bench.run_tool(tool, subject.example(tool)).await;
        let fault = match (tool.effect, outcome) {
            (Effect::Read, Ok(_)) => continue,
            (Effect::Read, Err(error)) => format!("it only reads, and fails: {error}"),
            (_, Ok(_)) => "it changes nothing, or passes over a refusal; its error is to say what was not sent".into(),
            (_, Err(error)) if error.problem.contains("was not sent") => continue,
            (_, Err(error)) => format!("its error does not say what was not sent: {error}"),
        };
        faults.push(format!("{}: {fault}", tool.name));
    }
    faults
}
