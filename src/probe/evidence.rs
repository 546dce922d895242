//! What a run has seen, by step: all that judgements look at.

use std::collections::BTreeMap;
use std::mem::discriminant;
use std::time::Duration;

use super::reply::{Body, Reply};
use super::step::Step;

/// The answers of a run.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// An answer, or why it says nothing.
    pub(super) replies: BTreeMap<Step, Result<Reply, String>>,
    /// How long reads did not show a write yet, where they came to show it.
    pub(super) delays: BTreeMap<Step, Duration>,
    /// Why the run ended before its end.
    pub(super) stopped: Option<String>,
}

/// What a write came to.
pub(super) enum Outcome<'a> {
    Accepted(&'a Reply),
    Refused(&'a Reply),
}

impl Evidence {
    /// The answer of a step, or why there is none.
    pub(super) fn reply(&self, step: Step) -> Result<&Reply, String> {
        match self.replies.get(&step) {
            Some(Ok(reply)) => Ok(reply),
            Some(Err(why)) => Err(why.clone()),
            None => Err(match &self.stopped {
                Some(why) => why.clone(),
                None => "what it needs could not be made".to_owned(),
            }),
        }
    }

    /// An answer of 2xx.
    pub(super) fn accepted(&self, step: Step) -> Result<&Reply, String> {
        match self.outcome(step)? {
            Outcome::Accepted(reply) => Ok(reply),
            Outcome::Refused(reply) => {
                Err(format!("what it needs was refused with {}", reply.status))
            }
        }
    }

    /// Whether the API has done what was asked. A refusal counts where its body is of the kind that the API's errors are, for what
    /// stands between may refuse, too; and a 404 counts where something may not be there: otherwise some part of the API is
    /// behind.
    pub(super) fn outcome(&self, step: Step) -> Result<Outcome<'_>, String> {
        let reply = self.reply(step)?;
        if reply.is_success() {
            return Ok(Outcome::Accepted(reply));
        }
        let status = reply.status;
        if !reply.is_refusal() || (status == 404 && !step.may_find_nothing()) {
            return Err(format!("the answer was {status}"));
        }
        let reference = if step.is_about_applications() {
            Step::UnknownApplication
        } else {
            Step::UnknownDomain
        };
        match self.reply(reference) {
            Ok(known) if known.status == 404 && is_alike(&known.body, &reply.body) => {
                Ok(Outcome::Refused(reply))
            }
            _ => Err(format!(
                "the answer was {status}, in another form than the API's errors"
            )),
        }
    }

    pub(super) fn is_accepted(&self, step: Step) -> Result<bool, String> {
        Ok(matches!(self.outcome(step)?, Outcome::Accepted(_)))
    }
}

impl Step {
    /// Whether the answer may be that there is no such thing.
    fn may_find_nothing(self) -> bool {
        matches!(
            self,
            Self::UnknownDomain
                | Self::DeleteUnknownDomain
                | Self::PutUnknownDomain
                | Self::CreateStray
                | Self::ReadUpperInLowerCase
                | Self::Endpoints
                | Self::ListDomains
                | Self::ReadOtherName
                | Self::ReadOtherKey
                | Self::PutUnknownUser
                | Self::ApplicationInUpperCase
        )
    }

    fn is_about_applications(self) -> bool {
        (Self::ApplicationsBefore..=Self::DeleteLinkedApplication).contains(&self)
    }
}

fn is_alike(one: &Body, other: &Body) -> bool {
    discriminant(one) == discriminant(other)
}
