//! What an `acl` may hold, and how it comes back.

use super::domains::policy;
use crate::probe::evidence::{Evidence, Outcome};
use crate::probe::question::{Judgement, Question, not_seen, question, seen};
use crate::probe::script::{CLEARED, ECHOED, HOST_BITS, LENGTHS, PREFIXES, TWICE};
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("9", "acl_max", |it| {
        LENGTHS.judge(it, "a list of the length")
    }),
    question("10", "acl_empty", acl_empty),
    question("11", "acl_ipv6", |it| {
        policy(it, Step::PutDomain, Step::AclIpv6)
    }),
    question("11", "acl_host_bits", acl_host_bits),
    question("11", "acl_shortest", acl_shortest),
    question("11", "acl_private", |it| {
        policy(it, Step::PutDomain, Step::AclPrivate)
    }),
    question("12", "acl_echo", acl_echo),
    question("12", "acl_duplicates", acl_duplicates),
];

fn acl_empty(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutDomain)?;
    let with_digest = evidence.is_accepted(Step::AclEmptyWithDigest)?;
    let alone = evidence.is_accepted(Step::AclEmpty)?;
    match (with_digest, alone) {
        (true, true) => seen(
            "accept",
            "an empty one was taken with `digest_auth` and without",
        ),
        (true, false) => seen(
            "with-digest",
            "an empty one was taken with `digest_auth` only",
        ),
        (false, false) => seen("reject", "an empty one was refused"),
        (false, true) => not_seen("an empty one was taken without `digest_auth` only"),
    }
}

fn acl_host_bits(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::AclPrefix)?;
    let is_short = || LENGTHS.judge(evidence, "").is_ok_and(|it| it.value == 1);
    match evidence.outcome(Step::AclHostBits)? {
        Outcome::Refused(_) if is_short() => not_seen("an `acl` has room for one entry only"),
        Outcome::Refused(reply) => seen("reject", format!("refused with {}", reply.status)),
        Outcome::Accepted(_) => {
            let shown = evidence.accepted(Step::ReadAclHostBits)?.acl();
            if shown.contains(&HOST_BITS) {
                seen("keep", "the entry came back as it was sent")
            } else if shown.contains(&CLEARED) {
                seen("clear", "the entry came back without them")
            } else {
                not_seen("the entry did not come back")
            }
        }
    }
}

fn acl_shortest(evidence: &Evidence) -> Judgement {
    if evidence.is_accepted(Step::AclReserved)? {
        PREFIXES.judge(evidence, "a prefix of the length")
    } else {
        not_seen("reserved addresses are not taken, and no others were tried")
    }
}

fn acl_echo(evidence: &Evidence) -> Judgement {
    let shown = match evidence.outcome(Step::AclToEcho)? {
        Outcome::Refused(_) => return not_seen("an `acl` of four entries was refused"),
        Outcome::Accepted(_) => evidence.accepted(Step::ReadAclEcho)?.acl(),
    };
    let [first, third, fourth] = ECHOED;
    let bare = |entry: &str| entry.strip_suffix("/32").unwrap_or(entry).to_owned();
    let others = [first, third, fourth].map(bare);
    let bare_shown: Vec<String> = shown.iter().map(|entry| bare(entry)).collect();
    let Some(mark) = bare_shown.iter().find(|entry| !others.contains(entry)) else {
        return not_seen("entries are missing");
    };
    let sent = [first, &format!("{mark}/32"), third, fourth];
    let [one, three, four] = &others;
    let bare_sent = [one, mark, three, four];
    let mut sorted = sent;
    sorted.sort_unstable();
    let is_permuted = {
        let (mut left, mut right) = (bare_shown.clone(), bare_sent.map(String::clone));
        left.sort_unstable();
        right.sort_unstable();
        left == right
    };
    if shown == sent {
        return as_sent(evidence);
    }
    let in_order = bare_shown.iter().eq(bare_sent);
    if in_order && shown.iter().all(|entry| entry.ends_with("/32")) {
        seen("add-32", "bare addresses came back with `/32`")
    } else if in_order && shown.iter().all(|entry| !entry.ends_with("/32")) {
        seen("remove-32", "`/32` was taken off")
    } else if shown == sorted {
        seen("sorted", "entries came back in the order of their texts")
    } else if is_permuted && sent.iter().all(|entry| shown.contains(entry)) {
        seen("shuffled", "entries came back in another order")
    } else {
        not_seen("entries came back in a way that no value plays")
    }
}

/// A list without doubles came back as it was sent: doubles tell more.
fn as_sent(evidence: &Evidence) -> Judgement {
    match doubles(evidence)? {
        Some(2..) => seen("as-sent", "entries came back as they were sent"),
        Some(_) => not_seen(
            "entries came back as they were sent, but for doubles (as-sent and dedup would show the same)",
        ),
        None => not_seen("doubles are refused (as-sent and dedup would show the same)"),
    }
}

/// How many of two doubles came back; none where they were refused.
fn doubles(evidence: &Evidence) -> Result<Option<usize>, String> {
    match evidence.outcome(Step::AclDuplicates)? {
        Outcome::Refused(_) => Ok(None),
        Outcome::Accepted(_) => {
            let shown = evidence.accepted(Step::ReadAclDuplicates)?.acl();
            Ok(Some(shown.iter().filter(|entry| is_double(entry)).count()))
        }
    }
}

fn is_double(entry: &str) -> bool {
    let [bare, prefix] = TWICE;
    entry == bare || entry == prefix
}

fn acl_duplicates(evidence: &Evidence) -> Judgement {
    // A list of more entries than this one was taken, so that its length is no reason.
    let has_room = evidence.is_accepted(Step::AclToEcho);
    match doubles(evidence)? {
        None if has_room == Ok(true) => seen("reject", "an address that is there twice is refused"),
        None => not_seen("an `acl` may have no room for three entries"),
        Some(2..) => seen("keep", "both came back"),
        Some(_) => match acl_echo(evidence) {
            // An echo of its own kind does not take doubles away.
            Ok(_) => seen("drop", "one of them came back"),
            Err(_) => not_seen("one of them came back, which may be how lists are shown"),
        },
    }
}
