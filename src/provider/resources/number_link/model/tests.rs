//! What of a link is the same, however it is spelled, and what a number shows of one.

use super::*;

const ID: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

fn number(fields: &str) -> Number {
    Number::of_json(&format!(
        r#"{{"country":"GB","msisdn":"447700900000","features":["VOICE"],"type":"mobile-lvn"{fields}}}"#
    ))
}

fn linked(id: &str) -> Number {
    number(&format!(r#","app_id":"{id}""#))
}

fn forwarded(uris: &str) -> Number {
    number(&format!(
        r#","voiceCallbackType":"sip","voiceCallbackValue":"{uris}""#
    ))
}

fn model(attributes: &[(&str, Value)]) -> LinkModel {
    let key = [
        (COUNTRY, Value::from("gb")),
        (MSISDN, "447700900000".into()),
    ];
    let attributes = attributes
        .iter()
        .map(|(name, value)| (*name, value.clone()));
    LinkModel::from(&Value::object(key.into_iter().chain(attributes)))
}

fn to_sip(uris: &[&str]) -> LinkModel {
    let uris = uris.iter().map(|uri| Value::from(*uri)).collect();
    model(&[(FORWARD_TO_SIP, Value::List(uris))])
}

#[test]
fn what_means_the_same_is_the_same_link_and_keeps_its_spelling() {
    let upper = ID.to_uppercase();
    let link = model(&[(APPLICATION_ID, upper.as_str().into())]);
    assert!(link.is_same(&linked(ID)));
    let refreshed = Value::from(link.refreshed(&linked(ID)));
    assert_eq!(refreshed.attribute(APPLICATION_ID).as_str(), Some(&*upper));
    assert_eq!(refreshed.attribute(COUNTRY).as_str(), Some("gb"));
    assert_eq!(refreshed.attribute(TAKE_OVER).as_bool(), Some(false));
    let link = to_sip(&["SIP:1@PBX.example.com;Media=srtp;transport=tls", "sip:2@b"]);
    let found = forwarded("sip:1@pbx.example.com;transport=tls;media=srtp, sip:2@b");
    assert!(link.is_same(&found));
    assert_eq!(
        Value::from(link.refreshed(&found)).attribute(FORWARD_TO_SIP),
        Value::from(link).attribute(FORWARD_TO_SIP)
    );
}

#[test]
fn a_plan_keeps_the_spelling_that_the_state_has() {
    let upper = ID.to_uppercase();
    let uris = |uri: &str| Value::List(vec![uri.into()]);
    for (attribute, prior, other) in [
        (COUNTRY, "gb".into(), "GB".into()),
        (APPLICATION_ID, ID.into(), upper.as_str().into()),
        (FORWARD_TO_SIP, uris("sip:1@a"), uris("SIP:1@A")),
    ] {
        let [prior, planned] = [prior, other].map(|value| model(&[(attribute, value)]));
        let kept = Value::from(planned.in_spelling_of(&prior));
        assert_eq!(
            kept.attribute(attribute),
            Value::from(prior).attribute(attribute)
        );
    }
}

#[test]
fn another_application_another_order_and_another_kind_of_target_are_drift() {
    let to_pbx = model(&[(APPLICATION_ID, ID.into())]);
    let over = format!(r#","app_id":"{ID}","voiceCallbackType":"tel","voiceCallbackValue":"44""#);
    for found in [
        linked("5d0c7c0e-0000-4000-8000-000000000001"),
        forwarded("sip:1@a"),
        number(""),
        number(&over),
        number(r#","voiceCallbackType":"vxml","voiceCallbackValue":"https://example.com""#),
    ] {
        assert!(!to_pbx.is_same(&found), "{found:?}");
    }
    let forward = to_sip(&["sip:1@a", "sip:2@b"]);
    for found in [
        linked(ID),
        number(""),
        forwarded("sip:2@b,sip:1@a"),
        forwarded("sip:1@a"),
    ] {
        assert!(!forward.is_same(&found), "{found:?}");
    }
}

#[test]
fn a_number_that_leads_where_no_link_can_lead_shows_no_target() {
    let link = to_sip(&["sip:1@a"]);
    for fields in [
        "",
        r#","voiceCallbackType":"tel","voiceCallbackValue":"44""#,
        r#","voiceCallbackType":"vxml""#,
    ] {
        let shown = link.refreshed(&number(fields));
        assert_eq!(shown.target(), None, "{fields}");
    }
}

#[test]
fn an_import_begins_with_the_number_alone() {
    let key = NumberKey {
        country: "GB".to_owned(),
        msisdn: "447700900000".to_owned(),
    };
    let link = LinkModel::of_number(&key);
    assert_eq!(link.key(), key);
    let value = Value::from(link.clone());
    assert_eq!(value.attribute(TAKE_OVER).as_bool(), Some(false));
    let value = Value::from(link.refreshed(&forwarded("sip:1@a")));
    assert_eq!(value.attribute("id").as_str(), Some("GB/447700900000"));
    assert_eq!(value.attribute(TAKE_OVER).as_bool(), Some(false));
    assert_eq!(value.attribute(TYPE).as_str(), Some("mobile-lvn"));
    assert_eq!(value.attribute(FEATURES), &Value::string_set(["VOICE"]));
}

#[test]
fn one_spelling_stands_for_all_that_mean_the_same() {
    let sip = |uris: &str| canonical(Target::Sip(uris.to_owned()));
    assert_eq!(
        sip("SIP:1@PBX;media=srtp;transport=TLS, sip:2@b"),
        sip("sip:1@pbx;transport=tls;media=srtp,sip:2@b")
    );
    assert_ne!(sip("sip:1@a,sip:2@b"), sip("sip:2@b,sip:1@a"));
}
