//! A host that records the steps and questions of tools, and gives scripted replies.
use std::{
    collections::VecDeque,
    future::ready,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    BoxFuture, Host,
    host::{Question, Reply, Step},
};

/// Records steps and questions. A question gets the next scripted reply, and [`Reply::CannotAsk`] when none is left.
#[derive(Debug, Clone, Default)]
pub struct ScriptedHost {
    script: Arc<Mutex<Script>>,
    /// Whether the host shows user interfaces.
    pub ui: bool,
}

#[derive(Debug, Default)]
struct Script {
    steps: Vec<Step>,
    questions: Vec<Question>,
    replies: VecDeque<Reply>,
}

impl ScriptedHost {
    /// Replies to the next questions, in this order.
    pub fn reply(&self, replies: impl IntoIterator<Item = Reply>) {
        self.edit(|script| script.replies.extend(replies));
    }

    /// The steps that tools reported.
    pub fn steps(&self) -> Vec<Step> {
        self.edit(|script| script.steps.clone())
    }

    /// The questions that tools asked.
    pub fn questions(&self) -> Vec<Question> {
        self.edit(|script| script.questions.clone())
    }

    fn edit<T>(&self, edit: impl FnOnce(&mut Script) -> T) -> T {
        edit(&mut self.script.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Host for ScriptedHost {
    fn progress(&self, step: Step) -> BoxFuture<'_, ()> {
        self.edit(|script| script.steps.push(step));
        Box::pin(ready(()))
    }

    fn ask(&self, question: Question) -> BoxFuture<'_, Reply> {
        let reply = self.edit(|script| {
            script.questions.push(question);
            script.replies.pop_front()
        });
        Box::pin(ready(reply.unwrap_or(Reply::CannotAsk)))
    }

    fn shows_ui(&self) -> bool {
        self.ui
    }
}
