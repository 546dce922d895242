//! The form of answers about domains.

use serde_json::{Map, Value};

use crate::probe::evidence::Evidence;
use crate::probe::question::{Judgement, Question, not_seen, question, seen};
use crate::probe::reply::{Body, Reply};
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("21", "visibility_delay", visibility_delay),
    question("22", "retry_after_in", retry_after_in),
    question("24", "auth_scheme", auth_scheme),
    question("5", "extra_fields", extra_fields),
    question("29", "error_body", error_body),
    question("30", "enum_case", enum_case),
    question("30", "digest_auth_echo", digest_auth_echo),
    question("30", "omitted", omitted),
    question("30", "unset", unset),
    question("31", "etag", etag),
];

/// The fields that some document names.
const KNOWN: [&str; 8] = [
    "name",
    "application_id",
    "acl",
    "tls",
    "srtp",
    "digest_auth",
    "domain_type",
    "trunk_name",
];

pub(super) fn domain(evidence: &Evidence, step: Step) -> Result<&Map<String, Value>, String> {
    let reply = evidence.accepted(step)?;
    let object = reply.object();
    object.ok_or_else(|| "the read of the domain is no object".to_owned())
}

fn visibility_delay(evidence: &Evidence) -> Judgement {
    let mut told = Vec::new();
    for (kind, step) in [
        ("create", Step::ReadDomain),
        ("update", Step::ReadOptionalLeftOut),
        ("delete", Step::ReadDeletedDomain),
        ("users", Step::ReadUser),
    ] {
        let Some(delay) = evidence.delays.get(&step) else {
            evidence.reply(step)?;
            return not_seen(format!("no read came to show a write ({kind})"));
        };
        // As exact as polling is.
        let tenths = delay.as_millis().div_ceil(100);
        told.push((kind, format!("{}ms", tenths * 100)));
    }
    if told.iter().all(|(_, delay)| delay == "0ms") {
        return seen("0s", "each first read showed the write before it");
    }
    let told: Vec<_> = told
        .into_iter()
        .map(|(kind, delay)| format!("{kind}={delay}"))
        .collect();
    seen(
        told.join(","),
        "reads came to show the writes after about so long",
    )
}

fn retry_after_in(evidence: &Evidence) -> Judgement {
    let Some(Ok(reply)) = evidence.replies.get(&Step::Throttled) else {
        return not_seen("no request was one too many, and none was meant to be");
    };
    let header = reply.retry_after.as_deref();
    if header.is_some_and(|text| text.trim().parse::<u64>().is_err()) {
        return seen("date", "a 429 had a date in its header");
    }
    let Some(body) = reply.object() else {
        return not_seen("the body of the 429 is no object, so that it cannot say anything");
    };
    let value = match (header.is_some(), body.contains_key("retry_after")) {
        (true, true) => "both",
        (true, false) => "header",
        (false, true) => "body",
        (false, false) => "neither",
    };
    seen(value, "as a 429 had it")
}

fn auth_scheme(evidence: &Evidence) -> Judgement {
    evidence.accepted(Step::CreateDomain)?;
    seen("basic", "key and secret are taken")
}

fn extra_fields(evidence: &Evidence) -> Judgement {
    let read = domain(evidence, Step::ReadDomain)?;
    let names: Vec<&str> = read
        .keys()
        .map(String::as_str)
        .filter(|name| !KNOWN.contains(name))
        .collect();
    if names.is_empty() {
        return seen("none", "a read has no field that no document names");
    }
    let is_plain = |name: &&str| {
        name.len() <= 40
            && name
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
    };
    let shown: Vec<&str> = names.iter().copied().filter(is_plain).take(10).collect();
    seen("some", format!("a read has also: {}", shown.join(", ")))
}

fn error_body(evidence: &Evidence) -> Judgement {
    let unknown = evidence.reply(Step::UnknownDomain)?;
    if unknown.status != 404 {
        return not_seen("a read of a domain that is not there was not answered 404");
    }
    let body = match &unknown.body {
        Body::Nothing => return seen("empty", "an error has no body"),
        Body::Html => return seen("html", "an error is a page"),
        Body::Text => return seen("text", "an error is plain text"),
        _ => unknown.object(),
    };
    let Some(body) = body else {
        return not_seen("an error is no object");
    };
    let has = |name: &str| body.contains_key(name);
    let value = if body.get("error").is_some_and(Value::is_object) {
        "nested"
    } else if has("error-code-label") {
        "label"
    } else if has("error_text") {
        "error-text"
    } else if body.get("error_code").is_some_and(Value::is_number) {
        "number-code"
    } else if has("instance") && has("invalid_parameters") {
        "generic"
    } else if has("title") && has("detail") {
        let refused = evidence.reply(Step::CreateDuplicate)?;
        if !refused.is_refusal() {
            return not_seen("no refusal of a body was seen, which might repeat it");
        }
        if repeats_body(refused) {
            "echo"
        } else {
            "published"
        }
    } else {
        return not_seen("errors have a form that no value plays");
    };
    seen(value, "as the 404 of a domain that is not there has it")
}

/// Whether an error holds a part of the body that was sent.
fn repeats_body(reply: &Reply) -> bool {
    let detail = reply.text("/detail").unwrap_or_default();
    detail.contains("\"acl\"")
}

fn enum_case(evidence: &Evidence) -> Judgement {
    let read = domain(evidence, Step::ReadDomain)?;
    let value = match read.get("tls").and_then(Value::as_str) {
        Some("always") => "lower",
        Some("ALWAYS") => "upper",
        Some("Always") => "capitalized",
        Some(_) => return not_seen("`tls` is written in a way that no value plays"),
        None => return not_seen("reads show no `tls`"),
    };
    seen(value, "as `tls` is written")
}

fn digest_auth_echo(evidence: &Evidence) -> Judgement {
    let read = domain(evidence, Step::ReadDomain)?;
    let Some(shown) = read.get("digest_auth") else {
        return not_seen("reads show no `digest_auth`");
    };
    let value = match (shown, shown.as_str()) {
        (Value::Bool(true), _) => "boolean",
        (_, Some("True")) => "word",
        (_, Some("true")) => "lower-word",
        _ => return not_seen("`digest_auth` is written in a way that no value plays"),
    };
    seen(value, "as `digest_auth` is written")
}

fn omitted(evidence: &Evidence) -> Judgement {
    let full = domain(evidence, Step::ReadDomain)?;
    let plain = domain(evidence, Step::ReadPlain)?;
    let optional = ["tls", "srtp", "digest_auth", "domain_type"];
    let shows_none = |read: &Map<String, Value>, fields: &[&str]| {
        fields.iter().all(|field| !read.contains_key(*field))
    };
    let shows_all = optional.iter().all(|field| plain.contains_key(*field));
    let has_name = full.contains_key("name") && plain.contains_key("name");
    if shows_none(full, &optional) && has_name {
        seen("optional", "a read shows none of the optional fields")
    } else if shows_none(plain, &optional) && full.contains_key("tls") && has_name {
        seen("defaults", "a read leaves out what has its default")
    } else if shows_all && has_name {
        seen("nothing", "a read shows every field")
    } else if shows_all && shows_none(full, &["name"]) && shows_none(plain, &["name"]) {
        seen("name", "a read does not show the name")
    } else {
        not_seen("fields are left out in a way that no value plays")
    }
}

fn unset(evidence: &Evidence) -> Judgement {
    let main = domain(evidence, Step::ReadDomain)?;
    let as_shown = |value: Option<&Value>| match value {
        None => Some("absent"),
        Some(Value::Null) => Some("null"),
        Some(Value::String(text)) if text.is_empty() => Some("empty-text"),
        Some(_) => None,
    };
    // Nobody knows whether there is such a field as `trunk_name`; if it is shown, it tells.
    let value = match as_shown(main.get("trunk_name")) {
        Some("absent") => {
            if !evidence.is_accepted(Step::CreateTrunk)? {
                return not_seen("there was no domain without an application");
            }
            as_shown(domain(evidence, Step::ReadTrunk)?.get("application_id"))
        }
        shown => shown,
    };
    match value {
        Some(value) => seen(value, "as a read shows what is not set"),
        None => not_seen("what is not set is shown with a value"),
    }
}

fn etag(evidence: &Evidence) -> Judgement {
    let read = evidence.accepted(Step::ReadDomain)?;
    let put = evidence.reply(Step::PutWithoutVersion)?;
    if put.status == 428 {
        return seen("required", "a PUT without a version was answered 428");
    }
    if !evidence.is_accepted(Step::PutWithoutVersion)? {
        return not_seen("a PUT of the domain was refused");
    }
    if read.has_etag {
        seen("sent", "a read has an `ETag`, and a PUT needs none")
    } else {
        seen("none", "a read has no `ETag`")
    }
}
