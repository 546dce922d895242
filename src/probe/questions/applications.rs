//! The Applications API.

use serde_json::{Value, json};

use super::domains::policy;
use crate::probe::evidence::{Evidence, Outcome};
use crate::probe::question::{Judgement, Question, not_seen, question, seen};
use crate::probe::reply::Reply;
use crate::probe::script::{
    CONVERSATIONS_TTL, MESSAGES_VERSION, NAME_LENGTHS, REGION, shows_our_key,
};
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("A1", "application_name", application_name),
    question("A1", "application_name_max", |it| {
        NAME_LENGTHS.judge(it, "a name of the length")
    }),
    question("A2", "application_duplicate_names", |it| {
        policy(it, Step::CreateApplication, Step::CreateTwin)
    }),
    question("A4", "application_put_capabilities", put_capabilities),
    question("A5", "application_put_privacy", put_privacy),
    question("A6", "application_put_keys", put_keys),
    question("A6", "application_put_private_key", put_private_key),
    question("A8", "application_put_fields", put_fields),
    question("A9", "application_put_region", put_region),
    question("A10", "application_no_fallback", no_fallback),
    question(
        "A11",
        "application_leg_persistence_time",
        leg_persistence_time,
    ),
    question("A12", "application_improve_ai", improve_ai),
    question("A14", "application_put_undocumented", put_undocumented),
    question("A15", "application_urls", urls),
    question("A17", "application_delete_linked", delete_linked),
    question("A24", "application_id_case", id_case),
    question("A26", "application_regions", regions),
    question("A27", "application_put_read_only", put_read_only),
];

const VOICE: &str = "/capabilities/voice";

fn at<'a>(reply: &'a Reply, place: &str) -> Option<&'a Value> {
    reply.json().pointer(&format!("{VOICE}{place}"))
}

fn kept(is_kept: bool, what: &str) -> Judgement {
    if is_kept {
        seen("kept", format!("{what} is as before a PUT without it"))
    } else {
        seen("reset", format!("{what} is not as before a PUT without it"))
    }
}

fn application_name(evidence: &Evidence) -> Judgement {
    if let Outcome::Refused(_) = evidence.outcome(Step::PutSpacedName)? {
        return not_seen("a name with spaces around was refused, which no value plays");
    }
    let read = evidence.accepted(Step::ReadSpacedName)?;
    let name = read.text("/name").unwrap_or_default();
    if name.trim() == name {
        return seen("trimmed", "spaces around the name are gone");
    }
    not_seen(
        "spaces around a name are kept; a blank name was not tried, for the probe could not find it again",
    )
}

fn put_capabilities(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadNoCapabilities)?;
    kept(at(read, "").is_some(), "`capabilities`")
}

fn put_privacy(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutPrivacy)?;
    let flag = |step| {
        let reply = evidence.accepted(step)?;
        let flag = reply.json().pointer("/privacy/improve_ai");
        flag.and_then(Value::as_bool)
            .ok_or_else(|| "reads do not show `improve_ai`".to_owned())
    };
    let default = flag(Step::ReadApplication)?;
    kept(flag(Step::ReadLeavingMuchOut)? != default, "`privacy`")
}

fn put_keys(evidence: &Evidence) -> Judgement {
    if !shows_our_key(evidence.accepted(Step::ReadLeavingMuchOut)?) {
        return seen("renewed", "a PUT without `keys` made a new pair");
    }
    match evidence.outcome(Step::PutEmptyKeys)? {
        Outcome::Refused(_) => {
            not_seen("a PUT with empty `keys` was refused, which no value plays")
        }
        Outcome::Accepted(_) if shows_our_key(evidence.accepted(Step::ReadEmptyKeys)?) => {
            seen("kept", "the key is as before a PUT without one")
        }
        Outcome::Accepted(_) => seen(
            "renewed-by-empty",
            "a PUT with empty `keys` made a new pair",
        ),
    }
}

fn put_private_key(evidence: &Evidence) -> Judgement {
    let made = match evidence.outcome(Step::CreateTwin)? {
        Outcome::Accepted(reply) => reply,
        Outcome::Refused(_) => evidence.accepted(Step::CreateOther)?,
    };
    let put = evidence.accepted(Step::PutOwnKey)?;
    let key = |reply: &Reply| reply.text("/keys/public_key").map(str::to_owned);
    if key(made).is_none() || key(made) != key(put) {
        return not_seen("the answers do not show the pair that the API made");
    }
    if put.text("/keys/private_key").is_some() {
        seen("shown", "the answer to a PUT has it")
    } else {
        seen("hidden", "the answer to a PUT does not have it")
    }
}

fn are_fields_kept(evidence: &Evidence) -> Result<bool, String> {
    let read = evidence.accepted(Step::ReadLeavingMuchOut)?;
    if at(read, "").is_none() {
        return Err("reads do not show the capability".to_owned());
    }
    Ok(at(read, "/conversations_ttl") == Some(&json!(CONVERSATIONS_TTL)))
}

fn put_fields(evidence: &Evidence) -> Judgement {
    let before = evidence.accepted(Step::ReadApplication)?;
    if at(before, "/conversations_ttl") != Some(&json!(CONVERSATIONS_TTL)) {
        return not_seen("reads do not show `conversations_ttl` as it was sent");
    }
    kept(are_fields_kept(evidence)?, "`conversations_ttl`")
}

fn put_region(evidence: &Evidence) -> Judgement {
    let region =
        |step| Ok::<_, String>(at(evidence.accepted(step)?, "/region") == Some(&json!(REGION)));
    if !region(Step::ReadApplication)? {
        return not_seen("reads do not show `region` as it was sent");
    }
    match (
        region(Step::ReadLeavingMuchOut)?,
        are_fields_kept(evidence)?,
    ) {
        (true, true) => not_seen("every field is kept that a PUT leaves out, `region` like others"),
        (is_kept, _) => kept(is_kept, "`region`"),
    }
}

fn no_fallback(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadApplication)?;
    if at(read, "/webhooks").is_none() {
        return not_seen("reads do not show the webhooks");
    }
    let fallback = at(read, "/webhooks/fallback_answer_url");
    match fallback.map(|it| it.get("address").and_then(Value::as_str)) {
        None => seen("absent", "a read has no `fallback_answer_url`"),
        Some(Some("")) => seen("empty", "a read has one with an empty address"),
        Some(_) => not_seen("a read has one that no value plays"),
    }
}

fn leg_persistence_time(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadApplication)?;
    match at(read, "/leg_persistence_time").and_then(Value::as_u64) {
        Some(days @ (2 | 7)) => seen(days.to_string(), format!("it is {days}")),
        Some(days) => not_seen(format!("it is {days}, which no value plays")),
        None => not_seen("reads do not show it"),
    }
}

fn improve_ai(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadApplication)?;
    match read.json().pointer("/privacy/improve_ai") {
        Some(Value::Bool(true)) => seen("on", "it is `true`"),
        Some(Value::Bool(false)) => seen("off", "it is `false`"),
        _ => not_seen("reads do not show it"),
    }
}

fn put_undocumented(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutMessages)?;
    match evidence.outcome(Step::PutMessagesVersion)? {
        Outcome::Refused(reply) => seen("reject", format!("refused with {}", reply.status)),
        Outcome::Accepted(_) => {
            let read = evidence.accepted(Step::ReadMessagesVersion)?;
            if read.text("/capabilities/messages/version") == Some(MESSAGES_VERSION) {
                seen("accept", "`messages.version` is as it was sent")
            } else {
                seen("drop", "`messages.version` is not as it was sent")
            }
        }
    }
}

fn urls(evidence: &Evidence) -> Judgement {
    evidence
        .accepted(Step::PutWithId)
        .or(evidence.accepted(Step::PutMessages))?;
    let mut refused = Vec::new();
    for (step, value) in [
        (Step::PutPlainHttp, "https"),
        (Step::PutPrivateHost, "public"),
        (Step::PutUserInfo, "plain"),
        (Step::PutDeadHost, "probed"),
    ] {
        if !evidence.is_accepted(step)? {
            refused.push(value);
        }
    }
    match refused.as_slice() {
        [] => seen("web", "every address was taken"),
        [value] => seen(*value, "one kind of address was refused"),
        several => not_seen(format!("refused as by {} at once", several.join(", "))),
    }
}

fn delete_linked(evidence: &Evidence) -> Judgement {
    match evidence.outcome(Step::DeleteLinkedApplication)? {
        Outcome::Refused(reply) if reply.status == 409 => {
            seen("reject", "the DELETE was refused with 409")
        }
        Outcome::Refused(reply) => not_seen(format!("refused with {}", reply.status)),
        Outcome::Accepted(_) => {
            let read = evidence.accepted(Step::ReadUnlinkedDomain)?;
            if read
                .text("/application_id")
                .is_some_and(|id| !id.is_empty())
            {
                seen("dangle", "the domain keeps the ID")
            } else {
                seen("unlink", "the domain has no application any more")
            }
        }
    }
}

fn id_case(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::ReadApplication)?;
    match evidence.outcome(Step::ApplicationInUpperCase)? {
        Outcome::Accepted(_) => seen("ignore", "it is found by its ID in upper case"),
        Outcome::Refused(reply) => seen(
            "exact",
            format!("its ID in upper case was answered {}", reply.status),
        ),
    }
}

fn regions(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::ReadApplication)?;
    match evidence.outcome(Step::PutUnknownRegion)? {
        Outcome::Accepted(_) => seen("any", "a region that no document names was taken"),
        Outcome::Refused(reply) => seen("known", format!("it was refused with {}", reply.status)),
    }
}

fn put_read_only(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutMessages)?;
    if !evidence.is_accepted(Step::PutWithId)? {
        return seen("reject", "a PUT with an `id` was refused");
    }
    if evidence.is_accepted(Step::PutWithLinks)? {
        seen("ignore", "a PUT with an `id` or `_links` was taken")
    } else {
        seen(
            "id",
            "a PUT with `_links` was refused, one with an `id` was not",
        )
    }
}
