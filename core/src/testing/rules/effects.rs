//! A tool does what its effect says, and no more.
use crate::{
    Effect,
    testing::{PackUnderTest, ToolRunner},
    tool::Delete,
};

/// What is called a deletion says how final it is, and is destructive.
pub fn deletes(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| match (tool.name.contains("delete"), tool.delete, tool.effect) {
        (true, None, _) => vec!["it deletes: say delete = forever or guarded".into()],
        (_, Some(Delete::Forever | Delete::Guarded), Effect::Read | Effect::Write) => {
            vec!["what deletes is destructive".into()]
        }
        _ => vec![],
    })
}

/// No example call so much as tries what is beyond the tool's effect: reading sends no write, writing no delete. The client would
/// refuse it, and a tool that passes over the refusal would look as if it worked.
pub async fn effects(subject: &PackUnderTest, start: impl AsyncFn() -> ToolRunner) -> Vec<String> {
    let mut faults = vec![];
    for tool in &subject.tools {
        let bench = start().await;
        // Whether it succeeds is another rule's matter.
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

/// With a client that only reads, what reads works, and everything else is refused and says so.
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
