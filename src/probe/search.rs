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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::reply::{Body, Reply};

    /// Searches for a limit, and gives the judgement with the number of tries.
    fn searched(search: &Search, is_taken: impl Fn(u16) -> bool) -> (Value, usize) {
        let mut evidence = Evidence::default();
        let reply = |status| {
            Ok(Reply {
                status,
                ..Reply::standing_for(Value::Null)
            })
        };
        evidence.replies.insert(Step::UnknownDomain, reply(404));
        let mut tries = 0;
        while let Some(number) = search.next(&evidence) {
            let status = if is_taken(number) { 200 } else { 422 };
            evidence
                .replies
                .insert((search.step)(number), reply(status));
            tries += 1;
        }
        (search.judge(&evidence, "").unwrap().value, tries)
    }

    #[test]
    fn each_limit_is_found_in_few_tries() {
        let lengths = Search {
            step: Step::AclOfLength,
            taken: 1,
            furthest: 64,
        };
        for limit in 1..64 {
            let (found, tries) = searched(&lengths, |length| length <= limit);
            assert_eq!(found, limit, "after {tries} tries");
            assert!(tries <= 7, "{tries}");
        }
        assert_eq!(searched(&lengths, |_| true), (Value::Null, 1));
        let prefixes = Search {
            step: Step::AclPrefixOfLength,
            taken: 32,
            furthest: 4,
        };
        for limit in 5..=32 {
            let (found, _) = searched(&prefixes, |length| length >= limit);
            assert_eq!(found, limit);
        }
    }

    #[test]
    fn an_answer_that_says_nothing_ends_the_search() {
        let search = Search {
            step: Step::AclOfLength,
            taken: 1,
            furthest: 64,
        };
        let mut evidence = Evidence::default();
        assert!(search.judge(&evidence, "").is_err());
        let lost = Err("no answer".to_owned());
        evidence.replies.insert(Step::AclOfLength(64), lost);
        assert_eq!(search.next(&evidence), None);
        assert_eq!(search.judge(&evidence, ""), Err("no answer".to_owned()));
        let html = Reply {
            body: Body::Html,
            status: 403,
            ..Reply::standing_for(Value::Null)
        };
        evidence.replies.insert(Step::AclOfLength(64), Ok(html));
        assert_eq!(search.next(&evidence), None);
    }
}
