//! What each failure of a user says, and what to do about it.

use std::sync::Arc;
use std::time::Duration;

use tfplugin::value::Value;

use super::*;
use crate::provider::failure::tests::{answered, assert_told};
use crate::provider::resources::sip_domain_user::{SipDomainUser, UserModel};

const SUBJECT: &str = "SIP user \"alice\" of domain \"office\"";

fn alice(test: impl FnOnce(Instance<'_>, &User)) {
    let resource = SipDomainUser(Arc::default());
    let alice = Value::object([(DOMAIN, "office".into()), ("key", "alice".into())]);
    let model = UserModel::from(&alice);
    test(resource.instance(&model, &[]), &model.to_api());
}

#[test]
fn each_end_of_a_create_is_told() {
    let waited = Duration::from_secs(15);
    let cannot = format!("Cannot create {SUBJECT}");
    for (error, summary, words) in [
        (
            CreateUserError::AlreadyExists(None),
            format!("{SUBJECT} already exists"),
            "neither changed nor taken over",
        ),
        (
            CreateUserError::NoDomain(answered(404)),
            "SIP domain \"office\" does not exist".to_owned(),
            "the user \"alice\" was not created",
        ),
        (
            CreateUserError::Unclear {
                waited,
                source: answered(502),
            },
            format!("{SUBJECT} may not have been created"),
            "the user within 15 s",
        ),
        (
            CreateUserError::Failed(answered(409)),
            cannot,
            "fewer than 200 users",
        ),
    ] {
        alice(|instance, user| assert_told(create(&instance, user, &error), &summary, &[words]));
    }
}

#[test]
fn each_end_of_an_update_is_told() {
    for (error, words) in [
        (
            UpdateError::NotFound,
            "was deleted, perhaps with its domain",
        ),
        (answered(400).into(), "fewer than 200 users"),
        (answered(502).into(), "sends the secret once more"),
    ] {
        alice(|instance, _| {
            let told = update(&instance, &error);
            assert_told(told, &format!("Cannot update {SUBJECT}"), &[words]);
        });
    }
}

#[test]
fn an_apply_without_the_promised_secret_says_so() {
    alice(|instance, _| {
        let summary = format!("{SUBJECT} has no secret");
        assert_told(no_secret(&instance), &summary, &["nothing was sent"]);
    });
}
