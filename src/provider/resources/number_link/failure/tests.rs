//! What each failure of a link says, and what to do about it.

use std::sync::Arc;

use tfplugin::value::Value;

use super::*;
use crate::provider::failure::tests::{answered, assert_told};
use crate::provider::resources::number_link::{LinkModel, NumberLink};

const SUBJECT: &str = "Number GB/447700900000";

fn link(test: impl FnOnce(Instance<'_>)) {
    let resource = NumberLink(Arc::default());
    let link = Value::object([("country", "GB".into()), (MSISDN, "447700900000".into())]);
    test(resource.instance(&LinkModel::from(&link), &[]));
}

/// The number, with these fields more.
fn number(fields: &str) -> Number {
    Number::of_json(&format!(
        r#"{{"country":"GB","msisdn":"447700900000"{fields}}}"#
    ))
}

fn leading(kind: &str, value: &str) -> Number {
    number(&format!(
        r#","voiceCallbackType":"{kind}","voiceCallbackValue":"{value}""#
    ))
}

#[test]
fn each_place_is_named() {
    for (number, expected) in [
        (number(""), "nowhere"),
        (number(r#","app_id":"c49f""#), "to the application \"c49f\""),
        (leading("sip", "sip:1@b"), "to \"sip:1@b\""),
        (
            leading("tel", "447700900001"),
            "to another telephone number",
        ),
        (
            leading("future", "x"),
            "somewhere by a rule \"future\" that this provider does not know, and never changes",
        ),
    ] {
        assert_eq!(place(number.target().as_ref()), expected);
    }
}

#[test]
fn each_end_of_a_create_is_told() {
    let elsewhere = || LinkError::Elsewhere(Box::new(leading("tel", "447700900001")));
    let unknown = LinkError::Elsewhere(Box::new(leading("future", "x")));
    for (error, is_there, summary, words) in [
        (
            LinkError::NotOwned,
            false,
            "Number GB/447700900000 is not a number of the account",
            "never buys one",
        ),
        (
            elsewhere(),
            false,
            "Number GB/447700900000 leads somewhere already",
            "To have it changed by Terraform, set `take_over = true`.",
        ),
        (
            elsewhere(),
            true,
            "Number GB/447700900000 leads somewhere already",
            "id = \"GB/447700900000\"",
        ),
        (
            unknown,
            false,
            "Number GB/447700900000 leads somewhere already",
            "in Vonage's dashboard first",
        ),
        (
            LinkError::Unclear(answered(502)),
            false,
            "Cannot link Number GB/447700900000",
            "may have been linked all the same",
        ),
        (
            LinkError::Failed(answered(420)),
            false,
            "Cannot link Number GB/447700900000",
            "a wrong country",
        ),
    ] {
        link(|instance| assert_told(create(&instance, &error, |_| is_there), summary, &[words]));
    }
}

#[test]
fn each_end_of_an_update_is_told() {
    let cannot = format!("Cannot update {SUBJECT}");
    let elsewhere = |kind| LinkError::Elsewhere(Box::new(leading(kind, "447700900001")));
    for (error, summary, words) in [
        (LinkError::NotOwned, cannot.clone(), "left the account"),
        (
            elsewhere("tel"),
            format!("{SUBJECT} was changed since the plan was made"),
            "to another telephone number now",
        ),
        (
            elsewhere("future"),
            format!("{SUBJECT} leads somewhere already"),
            "in Vonage's dashboard first",
        ),
        (
            LinkError::Unclear(answered(502)),
            cannot.clone(),
            "The change may have taken effect.",
        ),
        (LinkError::Failed(answered(420)), cannot, "a wrong country"),
    ] {
        link(|instance| assert_told(update(&instance, &error), &summary, &[words]));
    }
}

#[test]
fn what_an_unlink_leaves_is_told() {
    link(|instance| {
        let told = left_alone(&instance, &leading("tel", "447700900001"));
        let summary = format!("{SUBJECT} was left as it is");
        assert_told(told, &summary, &["go to another telephone number"]);
    });
    link(|instance| {
        assert!(application_below(&instance, &number("")).is_empty());
        let told = application_below(&instance, &number(r#","app_id":"c49f""#));
        let summary = format!("{SUBJECT} leads somewhere still");
        assert_told(told, &summary, &["to the application \"c49f\" now"]);
    });
    link(|instance| {
        let summary = format!("{SUBJECT} may still be linked");
        assert_told(still_linked(&instance), &summary, &["stays in the state"]);
    });
    let cannot = format!("Cannot unlink {SUBJECT}");
    link(|instance| {
        assert_told(
            unlink(&instance, &answered(420)),
            &cannot,
            &["a wrong country"],
        );
    });
    link(|instance| {
        let words = ["The change may have taken effect."];
        assert_told(unlink_unclear(&instance, &answered(502)), &cannot, &words);
    });
}

#[test]
fn a_number_without_calls_is_told() {
    for (features, is_told) in [
        ("", false),
        (r#""voice""#, false),
        (r#""SMS","VOICE""#, false),
        (r#""SMS","MMS""#, true),
    ] {
        let number = number(&format!(r#","features":[{features}]"#));
        link(|instance| {
            let told = without_voice(&instance, &number);
            assert_eq!(!told.is_empty(), is_told, "{features}");
            if is_told {
                let summary = format!("{SUBJECT} takes no calls");
                assert_told(told, &summary, &["SMS, MMS"]);
            }
        });
    }
}
