//! What becomes of writes to domains.

use serde_json::{Map, Value};

use super::answers::domain;
use crate::probe::evidence::{Evidence, Outcome};
use crate::probe::lists::text;
use crate::probe::question::{Judgement, Question, not_seen, question, seen, status};
use crate::probe::reply::{Body, Reply};
use crate::probe::script::{TRUNK_NAME, UNKNOWN_FIELD};
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("2", "put_unknown", put_unknown),
    question("3", "put_name", put_name),
    question("4", "put_domain_type", put_domain_type),
    question("5", "put_mode", put_mode),
    question("5", "unknown_fields", unknown_fields),
    question("6", "duplicate_status", duplicate_status),
    question("8", "name_case", name_case),
    question("8", "name_dash", |it| {
        policy(it, Step::CreatePlain, Step::CreateDash)
    }),
    question("19", "delete_with_users", delete_with_users),
    question("19", "has_users_status", has_users_status),
    question("20", "delete_status", delete_status),
    question("20", "delete_body", delete_body),
    question("20", "delete_unknown", delete_unknown),
    question("25", "trunk_application", trunk_application),
    question("26", "trunk_name", trunk_name),
    question("27", "endpoints", endpoints),
    question("28", "application_check", application_check),
    question("30", "tls_srtp", tls_srtp),
    question("", "create_status", create_status),
    question("", "put_status", put_status),
    question("", "write_body", write_body),
];

/// Whether something unusual is taken, where `usual` is.
pub(super) fn policy(evidence: &Evidence, usual: Step, unusual: Step) -> Judgement {
    evidence.accepted(usual)?;
    match evidence.outcome(unusual)? {
        Outcome::Accepted(_) => seen("accept", "it was taken"),
        Outcome::Refused(reply) => seen("reject", format!("it was refused with {}", reply.status)),
    }
}

/// What a PUT of something does that is not there.
pub(super) fn put_of_nothing(evidence: &Evidence, usual: Step, step: Step) -> Judgement {
    evidence.accepted(usual)?;
    match evidence.outcome(step)? {
        Outcome::Accepted(_) => seen("upsert", "the PUT was taken"),
        Outcome::Refused(reply) if reply.status == 404 => seen("not-found", "answered 404"),
        Outcome::Refused(reply) => not_seen(format!("the PUT was refused with {}", reply.status)),
    }
}

/// What a PUT does whose body has another name than its path.
pub(super) fn put_of_other_name(evidence: &Evidence, put: Step, read: Step) -> Judgement {
    match evidence.outcome(put)? {
        Outcome::Refused(reply) => seen(
            "reject",
            format!("the PUT was refused with {}", reply.status),
        ),
        Outcome::Accepted(_) => match evidence.outcome(read)? {
            Outcome::Accepted(_) => seen("rename", "it is found under the other name"),
            Outcome::Refused(_) => seen("ignore", "nothing is found under the other name"),
        },
    }
}

fn put_unknown(evidence: &Evidence) -> Judgement {
    put_of_nothing(evidence, Step::CreatePlain, Step::PutUnknownDomain)
}

fn put_name(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreatePlain)?;
    put_of_other_name(evidence, Step::PutOtherName, Step::ReadOtherName)
}

fn is_trunk(read: &Map<String, Value>) -> bool {
    let shown = read.get("domain_type").and_then(Value::as_str);
    shown.is_some_and(|shown| shown.eq_ignore_ascii_case("trunk"))
}

fn put_domain_type(evidence: &Evidence) -> Judgement {
    let was_trunk = is_trunk(domain(evidence, Step::ReadTrunk)?);
    match evidence.outcome(Step::PutType)? {
        Outcome::Refused(reply) => seen(
            "reject",
            format!("the PUT was refused with {}", reply.status),
        ),
        Outcome::Accepted(_) if !was_trunk => not_seen("reads do not show the type"),
        Outcome::Accepted(_) => {
            if is_trunk(domain(evidence, Step::ReadType)?) {
                seen("ignore", "the type is as before")
            } else {
                seen("accept", "the type has changed")
            }
        }
    }
}

fn put_mode(evidence: &Evidence) -> Judgement {
    let before = domain(evidence, Step::ReadDomain)?.get("tls");
    if before.is_none() {
        return not_seen("reads do not show the fields that a PUT may leave out");
    }
    let after = domain(evidence, Step::ReadOptionalLeftOut)?.get("tls");
    if after == before {
        seen("merge", "`tls` is as before a PUT without it")
    } else {
        seen("replace", "`tls` is not as before a PUT without it")
    }
}

fn unknown_fields(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutDomain)?;
    match evidence.outcome(Step::PutUnknownField)? {
        Outcome::Refused(reply) => seen(
            "reject",
            format!("the PUT was refused with {}", reply.status),
        ),
        Outcome::Accepted(_) => {
            let read = domain(evidence, Step::ReadUnknownField)?;
            if read.contains_key(UNKNOWN_FIELD) {
                seen("keep", "a read shows it")
            } else {
                seen("drop", "a read does not show it")
            }
        }
    }
}

fn duplicate_status(evidence: &Evidence) -> Judgement {
    match evidence.outcome(Step::CreateDuplicate)? {
        Outcome::Accepted(_) => not_seen("a POST of a name that is taken was not refused"),
        Outcome::Refused(reply) => status(reply, &[400, 409, 422]),
    }
}

fn name_case(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreatePlain)?;
    if let Outcome::Refused(reply) = evidence.outcome(Step::CreateUpper)? {
        return seen("reject", format!("it was refused with {}", reply.status));
    }
    let read = domain(evidence, Step::ReadUpper)?;
    if let Outcome::Refused(_) = evidence.outcome(Step::ReadUpperInLowerCase)? {
        return seen("keep", "it is not found in lower case");
    }
    let mut name = read.get("name").and_then(Value::as_str);
    if name.is_none() {
        let rows = evidence.accepted(Step::ListDomains)?.json().as_array();
        let mut names = rows.into_iter().flatten().map(|row| text(row, "name"));
        name = names.find(|name| name.ends_with("-U") || name.ends_with("-u"));
    }
    match name {
        Some(name) if name.ends_with('U') => seen(
            "ignore",
            "it is found in lower case, and shown as it was made",
        ),
        Some(_) => seen("fold", "it is shown in lower case"),
        None => not_seen("nothing shows the name"),
    }
}

fn delete_with_users(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreateUserAgain)?;
    match evidence.outcome(Step::DeleteWithUsers)? {
        Outcome::Accepted(_) => seen("cascade", "the DELETE was done"),
        Outcome::Refused(reply) => seen(
            "reject",
            format!("the DELETE was refused with {}", reply.status),
        ),
    }
}

fn has_users_status(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreateUserAgain)?;
    match evidence.outcome(Step::DeleteWithUsers)? {
        Outcome::Accepted(_) => not_seen("the DELETE was not refused"),
        Outcome::Refused(reply) => status(reply, &[409, 400, 403, 422]),
    }
}

fn delete_status(evidence: &Evidence) -> Judgement {
    status(evidence.accepted(Step::DeleteDomain)?, &[200, 204, 202])
}

fn delete_body(evidence: &Evidence) -> Judgement {
    let domain = evidence.accepted(Step::DeleteDomain)?;
    let user = evidence.accepted(Step::DeleteUser);
    // One with the status 204 can have none.
    let speaks = |reply: &&Reply| reply.status != 204;
    let Some(reply) = Some(domain).filter(speaks).or(user.ok().filter(speaks)) else {
        return not_seen("no DELETE had a status that goes with a body");
    };
    match &reply.body {
        Body::Nothing => seen("empty", "a DELETE has no body"),
        Body::Text => seen("text", "a DELETE has plain text"),
        Body::Json(Value::Object(body)) if body.is_empty() => seen("object", "a DELETE has `{}`"),
        Body::Json(Value::Object(_)) => seen("deleted", "a DELETE has what was deleted"),
        _ => not_seen("a DELETE has a body that no value plays"),
    }
}

fn delete_unknown(evidence: &Evidence) -> Judgement {
    match evidence.outcome(Step::DeleteUnknownDomain)? {
        Outcome::Accepted(_) => seen("succeed", "the DELETE was answered as done"),
        Outcome::Refused(reply) if reply.status == 404 => seen("not-found", "answered 404"),
        Outcome::Refused(reply) => not_seen(format!("refused with {}", reply.status)),
    }
}

fn trunk_application(evidence: &Evidence) -> Judgement {
    let alone = evidence.is_accepted(Step::CreateTrunk)?;
    let linked = evidence.is_accepted(Step::CreateTrunkWithApplication)?;
    match (alone, linked) {
        (true, true) => seen(
            "optional",
            "a trunk was taken with an application and without",
        ),
        (true, false) => seen("rejected", "a trunk was taken without an application only"),
        (false, true) => seen("required", "a trunk was taken with an application only"),
        (false, false) => not_seen("no trunk was taken"),
    }
}

fn trunk_name(evidence: &Evidence) -> Judgement {
    let name = |step| {
        Ok::<_, String>(
            domain(evidence, step)?
                .get("trunk_name")
                .and_then(Value::as_str),
        )
    };
    let before = name(Step::ReadTrunk)?.unwrap_or_default();
    if !before.is_empty() {
        return seen("invent", "a trunk without one has one");
    }
    let after = name(Step::ReadTrunkName)?;
    if after == Some(TRUNK_NAME) {
        seen("keep", "a read shows it as it was sent")
    } else {
        seen("drop", "a read does not show it")
    }
}

fn endpoints(evidence: &Evidence) -> Judgement {
    match evidence.outcome(Step::Endpoints)? {
        Outcome::Accepted(reply) if reply.json().is_array() => seen("array", "a list was answered"),
        Outcome::Accepted(_) => not_seen("the answer has a form that no value plays"),
        Outcome::Refused(reply) if reply.status == 404 => seen("not-found", "answered 404"),
        Outcome::Refused(reply) => not_seen(format!("refused with {}", reply.status)),
    }
}

fn application_check(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreatePlain)?;
    evidence.accepted(Step::CreateApplication)?;
    match evidence.outcome(Step::CreateStray)? {
        Outcome::Accepted(_) => seen("none", "an application that is not there was taken"),
        Outcome::Refused(reply) if [400, 404, 422].contains(&reply.status) => {
            let status = reply.status;
            seen(status.to_string(), format!("it was refused with {status}"))
        }
        Outcome::Refused(reply) => not_seen(format!("refused with {}", reply.status)),
    }
}

fn tls_srtp(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutDomain)?;
    match evidence.outcome(Step::PutSrtpAlone)? {
        Outcome::Accepted(_) => seen("free", "`srtp` without `tls` was taken"),
        Outcome::Refused(reply) => seen("tied", format!("it was refused with {}", reply.status)),
    }
}

fn create_status(evidence: &Evidence) -> Judgement {
    status(evidence.accepted(Step::CreateDomain)?, &[201, 200, 202])
}

fn put_status(evidence: &Evidence) -> Judgement {
    status(evidence.accepted(Step::PutDomain)?, &[200, 201, 204])
}

fn write_body(evidence: &Evidence) -> Judgement {
    match &evidence.accepted(Step::CreateDomain)?.body {
        Body::Nothing => seen("empty", "a POST has no body"),
        Body::Text => seen("text", "a POST has plain text"),
        Body::Json(Value::Object(body)) if body.is_empty() => seen("braces", "a POST has `{}`"),
        Body::Json(Value::Object(_)) => seen("object", "a POST has the domain"),
        _ => not_seen("a POST has a body that no value plays"),
    }
}
