//! What each failure of an application says, and what to do about it.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::provider::failure::tests::{answered, assert_told};
use crate::provider::resources::application::{self, ApplicationModel};

fn pbx(test: impl FnOnce(Instance<'_>)) {
    let resource = application::Application(Arc::default());
    test(resource.instance(&ApplicationModel::of_id("c49f"), &[]));
}

fn found(id: &str) -> Application {
    Application {
        id: id.to_owned(),
        ..Application::default()
    }
}

#[test]
fn a_create_with_an_unclear_end_says_what_was_found() {
    let many: Vec<_> = (0..12).map(|n| found(&format!("id-{n}"))).collect();
    for (candidates, words) in [
        (None, &["could not be listed"][..]),
        (
            Some(vec![]),
            &["within 15 s. It is safe to run `terraform apply` again"],
        ),
        (
            Some(vec![found("c49f")]),
            &["one of them may be", "id = \"c49f\"\n}"],
        ),
        (Some(many), &["id = \"id-9\"", "There are 2 more."]),
    ] {
        let error = CreateApplicationError::Unclear {
            candidates,
            waited: Duration::from_secs(15),
            source: answered(502),
        };
        pbx(|instance| {
            let told = create(&instance, &error);
            assert!(told.iter().all(|it| !it.detail.contains(" 0 more")));
            assert_told(told, "Application c49f may have been created", words);
        });
    }
}

#[test]
fn what_the_api_refuses_is_told_with_what_to_check() {
    pbx(|instance| {
        let error = CreateApplicationError::Failed(answered(422));
        let told = create(&instance, &error);
        assert_told(told, "Cannot create Application c49f", &["Why", "webhooks"]);
    });
    pbx(|instance| {
        let told = update(&instance, &answered(400).into(), |_| Diagnostics::new());
        assert_told(told, "Cannot update Application c49f", &["Why", "webhooks"]);
    });
}

#[test]
fn an_update_that_finds_no_application_says_so() {
    pbx(|instance| {
        let told = update(&instance, &UpdateError::NotFound, |_| Diagnostics::new());
        let words = ["was deleted since the plan"];
        assert_told(told, "Cannot update Application c49f", &words);
    });
}

#[test]
fn what_uses_an_application_is_named() {
    let names = |count| (0..count).map(|n| format!("n{n}")).collect::<Vec<_>>();
    for (domains, numbers, words) in [
        (1, 0, "Calls to the SIP domain \"n0\" go to it"),
        (0, 2, "Calls to the numbers \"n0\", \"n1\" go to it"),
        (
            2,
            1,
            "the SIP domains \"n0\", \"n1\" and the number \"n0\" go",
        ),
        (12, 0, "\"n9\" and 2 more go to it"),
    ] {
        pbx(|instance| {
            let told = in_use(&instance, [&names(domains), &names(numbers)]);
            assert_told(told, "Application c49f is in use", &[words]);
        });
    }
}

#[test]
fn a_look_that_failed_deletes_nothing_and_one_that_was_refused_is_told() {
    pbx(|instance| {
        let told = not_listed(&instance, &answered(503));
        let words = ["nothing was deleted", "503"];
        assert_told(told, "Cannot delete Application c49f", &words);
    });
    pbx(|instance| {
        let told = refused_list(&instance, "numbers", &answered(403));
        let words = ["does not list the numbers", "403"];
        assert_told(told, "Application c49f may have been in use", &words);
    });
}
