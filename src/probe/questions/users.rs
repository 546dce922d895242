//! What is known of users, of whom no specification is public.

use serde_json::Value;

use super::domains::{policy, put_of_nothing, put_of_other_name};
use crate::probe::evidence::{Evidence, Outcome};
use crate::probe::question::{Judgement, Question, not_seen, question, seen, status};
use crate::probe::reply::Body;
use crate::probe::script::KEY;
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("1", "user_create_status", user_create_status),
    question("1", "user_put_status", user_put_status),
    question("1", "user_delete_status", user_delete_status),
    question("1", "user_body", user_body),
    question("1", "user_fields", user_fields),
    question("13", "user_secret", user_secret),
    question("14", "secret_rules", secret_rules),
    question("15", "key_rules", key_rules),
    question("15", "user_put_key", |it| {
        it.accepted(Step::PutUser)?;
        put_of_other_name(it, Step::PutOtherKey, Step::ReadOtherKey)
    }),
    question("16", "user_put_unknown", |it| {
        put_of_nothing(it, Step::PutUser, Step::PutUnknownUser)
    }),
    question("17", "users_without_digest", |it| {
        policy(it, Step::CreateUser, Step::CreateUserWithoutDigest)
    }),
    question("18", "user_error_status", user_error_status),
];

fn user_create_status(evidence: &Evidence) -> Judgement {
    status(evidence.accepted(Step::CreateUser)?, &[201, 200, 204])
}

fn user_put_status(evidence: &Evidence) -> Judgement {
    status(evidence.accepted(Step::PutUser)?, &[200, 201, 204])
}

fn user_delete_status(evidence: &Evidence) -> Judgement {
    status(evidence.accepted(Step::DeleteUser)?, &[200, 204, 202])
}

fn user_body(evidence: &Evidence) -> Judgement {
    let written = [Step::CreateUser, Step::PutUser];
    let replies = written
        .into_iter()
        .filter_map(|step| evidence.accepted(step).ok());
    let Some(reply) = replies.into_iter().find(|reply| reply.status != 204) else {
        evidence.accepted(Step::CreateUser)?;
        return not_seen("no write had a status that goes with a body");
    };
    match &reply.body {
        Body::Nothing => seen("empty", "a write has no body"),
        Body::Text => seen("text", "a write has plain text"),
        Body::Json(Value::Object(body)) if body.is_empty() => seen("braces", "a write has `{}`"),
        Body::Json(Value::Object(body)) if body.len() > 1 => seen("object", "a write has the user"),
        Body::Json(Value::Object(body)) if body.contains_key("key") => {
            let read = evidence.accepted(Step::ReadUser)?.object();
            if read.is_some_and(|read| read.len() > 1) {
                seen("key", "a write has the key alone")
            } else {
                not_seen("users have nothing but a key (object and key would show the same)")
            }
        }
        _ => not_seen("a write has a body that no value plays"),
    }
}

fn user_fields(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadUser)?;
    let Some(user) = read.object() else {
        return not_seen("the read of a user is no object");
    };
    let more = user
        .keys()
        .any(|field| !["key", "secret", "domain"].contains(&field.as_str()));
    match (user.contains_key("domain"), more) {
        (true, false) => seen("domain", "a read has the domain"),
        (true, true) => seen("more", "a read has the domain, and more"),
        (false, false) => seen("none", "a read has the key alone"),
        (false, true) => not_seen("a read has fields that no value plays"),
    }
}

fn user_secret(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadUser)?;
    if read.text("/key") != Some(KEY) {
        return not_seen("the read of a user does not show its key");
    }
    match read.json().get("secret") {
        None => seen("hidden", "a read has no secret"),
        Some(Value::Null) => seen("null", "a read has `null`"),
        Some(Value::String(text)) if text.chars().all(|it| it == '*') => {
            seen("masked", "a read has stars")
        }
        // Each secret of the probe begins so.
        Some(Value::String(text)) if text.starts_with("A1") => {
            seen("echoed", "a read has the secret")
        }
        Some(_) => not_seen("a read has something else as the secret"),
    }
}

fn secret_rules(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::PutUser)?;
    let weak = evidence.is_accepted(Step::PutWeakSecret)?;
    let punctuation = evidence.is_accepted(Step::PutSecretWithPunctuation)?;
    match (weak, punctuation) {
        (true, true) => seen("none", "a secret of lower case letters was taken"),
        (false, true) => seen(
            "strict",
            "one with a digit, both cases and a dash was taken",
        ),
        (false, false) => seen("alphanumeric", "one with a dash was refused"),
        (true, false) => not_seen("a weak one was taken, one with a dash was refused"),
    }
}

fn key_rules(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreateUser)?;
    match evidence.outcome(Step::CreateOddKey)? {
        Outcome::Accepted(_) => seen("none", "a key with upper case and `_` was taken"),
        Outcome::Refused(reply) => seen("strict", format!("it was refused with {}", reply.status)),
    }
}

fn user_error_status(evidence: &Evidence) -> Judgement {
    let known = [422, 400, 403, 409];
    match evidence.outcome(Step::CreateUserOfNothing)? {
        Outcome::Accepted(_) => not_seen("a user without key and secret was not refused"),
        Outcome::Refused(reply) => status(reply, &known),
    }
}
