//! What each failure of a domain says, and what to do about it.

use std::sync::Arc;
use std::time::Duration;

use tfplugin::value::Value;

use super::*;
use crate::provider::failure::tests::{answered, assert_told};
use crate::provider::resources::sip_domain::{DomainModel, SipDomain};

fn office(test: impl FnOnce(Instance<'_>)) {
    let resource = SipDomain(Arc::default());
    let office = Value::object([(NAME, "office".into())]);
    test(resource.instance(&DomainModel::from(&office), &[]));
}

#[test]
fn each_end_of_a_create_is_told() {
    let waited = Duration::from_secs(15);
    for (error, summary, words) in [
        (
            CreateError::AlreadyExists(answered(409)),
            "SIP domain \"office\" already exists",
            &["neither changed nor taken over", "Why"][..],
        ),
        (
            CreateError::NameTaken(answered(409)),
            "Cannot create SIP domain \"office\"",
            &["another account", "Why"],
        ),
        (
            CreateError::Unclear {
                waited,
                source: answered(502),
            },
            "SIP domain \"office\" may not have been created",
            &["the domain within 15 s", "Why"],
        ),
        (
            CreateError::Failed(answered(422)),
            "Cannot create SIP domain \"office\"",
            &["Why", "has voice"],
        ),
    ] {
        office(|instance| assert_told(create(&instance, &error), summary, words));
    }
}

#[test]
fn each_end_of_an_update_is_told() {
    for (error, words) in [
        (UpdateError::NotFound, "was deleted since the plan"),
        (answered(400).into(), "has voice"),
        (answered(502).into(), "The change may have taken effect."),
    ] {
        office(|instance| {
            let told = update(&instance, &error, |_| Diagnostics::new());
            assert_told(told, "Cannot update SIP domain \"office\"", &[words]);
        });
    }
}

#[test]
fn a_delete_that_is_refused_for_users_says_how_to_be_rid_of_them() {
    let told = |force_destroy| {
        let mut detail = String::new();
        office(|instance| {
            let told = delete(&instance, force_destroy, &answered(412));
            detail.clone_from(&told.iter().next().unwrap().detail);
        });
        detail
    };
    assert!(told(false).contains("set `force_destroy = true`"));
    assert!(!told(true).contains("force_destroy"));
}
