//! A limit that is looked for by halves: between a number that is taken and one that may not be. Pure.

use super::evidence::Evidence;
use super::question::{Judgement, seen};
use super::step::Step;
use serde_json::Value;

/// A search over the answers of one kind of step.
pub(super) struct Search {
    pub(super) step: fn(u16) -> Step,
    /// What is known to be taken.
    pub(super) taken: u16,
    /// The furthest that is tried, which is tried first. It may be the smaller one.
    pub(super) furthest: u16,
}

impl Search {
    /// What to try next; `None` where there is nothing more to find out.
    pub(super) fn next(&self, evidence: &Evidence) -> Option<u16> {
        let (taken, refused) = self.bounds(evidence).ok()?;
        match refused {
            _ if taken == self.furthest => None,
            None => Some(self.furthest),
            Some(refused) if taken.abs_diff(refused) <= 1 => None,
            Some(refused) => Some(taken.midpoint(refused)),
        }
    }

    /// The limit; null where all was taken.
    pub(super) fn judge(&self, evidence: &Evidence, unit: &str) -> Judgement {
        // Without any try there is a reason, which the first step has.
        evidence.reply((self.step)(self.furthest))?;
        let (taken, refused) = self.bounds(evidence)?;
        match refused {
            None => seen(Value::Null, format!("{unit} {} is taken", self.furthest)),
            Some(refused) if taken.abs_diff(refused) <= 1 => {
                seen(taken, format!("{unit} {taken} is taken, {refused} is not"))
            }
            Some(_) => Err(format!("the search for {unit} ended before its end")),
        }
    }

    /// The furthest that was taken, and the nearest that was refused.
    fn bounds(&self, evidence: &Evidence) -> Result<(u16, Option<u16>), String> {
        let (mut taken, mut refused) = (self.taken, None);
        let between = self.taken.min(self.furthest)..=self.taken.max(self.furthest);
        for number in between {
            let step = (self.step)(number);
            if !evidence.replies.contains_key(&step) {
                continue;
            }
            let distance = number.abs_diff(self.taken);
            if evidence.is_accepted(step)? {
                if distance > taken.abs_diff(self.taken) {
                    taken = number;
                }
            } else if refused.is_none_or(|nearest: u16| distance < nearest.abs_diff(self.taken)) {
                refused = Some(number);
            }
        }
        Ok((taken, refused))
    }
}
