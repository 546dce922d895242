//! Where calls go, and what an update sends back.

use super::*;

fn number(fields: &str) -> Number {
    Number::of_json(&format!(
        r#"{{"country":"gb","msisdn":"447700900000"{fields}}}"#
    ))
}

#[test]
fn a_forward_counts_before_an_application() {
    for (fields, target) in [
        ("", None),
        (
            r#","app_id":"A""#,
            Some(Target::Application("A".to_owned())),
        ),
        (r#","app_id":"","voiceCallbackType":"""#, None),
        (
            r#","app_id":"A","voiceCallbackType":"app","voiceCallbackValue":"A""#,
            Some(Target::Application("A".to_owned())),
        ),
        (
            r#","voiceCallbackType":"app","voiceCallbackValue":"B""#,
            Some(Target::Application("B".to_owned())),
        ),
        (
            r#","app_id":"A","voiceCallbackType":"SIP","voiceCallbackValue":"sip:a@b""#,
            Some(Target::Sip("sip:a@b".to_owned())),
        ),
        (
            r#","voiceCallbackType":"tel","voiceCallbackValue":"44""#,
            Some(Target::Telephone("44".to_owned())),
        ),
        (
            r#","app_id":"A","voiceCallbackType":"vxml""#,
            Some(Target::Unknown("vxml".to_owned())),
        ),
    ] {
        assert_eq!(number(fields).target(), target, "{fields}");
    }
}

#[test]
fn an_update_sends_back_what_it_does_not_change() {
    let number = number(
        r#","app_id":"A","moHttpUrl":"https://example.com/","voiceStatusCallback":"https://example.com/s","features":["VOICE"]"#,
    );
    let kept = [
        ("moHttpUrl", "https://example.com/"),
        ("voiceStatusCallback", "https://example.com/s"),
    ];
    let key = [("country", "GB"), ("msisdn", "447700900000")];
    let application = Target::Application("B".to_owned());
    assert_eq!(
        number.form(Some(&application)),
        [&key[..], &[("app_id", "B")], &kept].concat()
    );
    let sip = Target::Sip("sip:a@b;transport=tls".to_owned());
    let forward = [
        ("voiceCallbackType", "sip"),
        ("voiceCallbackValue", "sip:a@b;transport=tls"),
    ];
    assert_eq!(
        number.form(Some(&sip)),
        [&key[..], &forward, &kept].concat()
    );
    assert_eq!(number.form(None), [&key[..], &kept].concat());
}

#[test]
fn what_a_link_shows_for_messages_goes_with_it() {
    let messages = |id: &str| {
        number(&format!(
            r#","app_id":"A","messagesCallbackType":"app","messagesCallbackValue":"{id}""#
        ))
    };
    let [a, b] = ["A", "B"].map(|id| Target::Application(id.to_owned()));
    let keeps = |number: &Number, target: Option<&Target>| {
        let form = number.form(target);
        let fields = form
            .iter()
            .filter(|(field, _)| field.starts_with("messages"));
        fields.count() == 2
    };
    assert!(keeps(&messages("A"), Some(&a)));
    assert!(!keeps(&messages("A"), Some(&b)));
    assert!(!keeps(&messages("A"), None));
    assert!(keeps(&messages("C"), Some(&b)));
    assert!(keeps(&messages("C"), None));
}

#[test]
fn numbers_and_targets_have_names() {
    assert_eq!(number("").key.to_string(), "GB/447700900000");
    for (target, name) in [
        (Target::Application("AB".to_owned()), "application ab"),
        (Target::Sip("sip:A@b".to_owned()), "sip:A@b"),
        (Target::Telephone("44".to_owned()), "tel 44"),
        (Target::Unknown("vxml".to_owned()), "unknown vxml"),
    ] {
        assert_eq!(target.to_string(), name);
    }
}

#[test]
fn a_row_has_a_longest_length() {
    let read = |length: usize| {
        let row = r#"{"country":"GB","msisdn":"1","x":""}"#;
        let row = row.replace(r#""""#, &format!(r#""{}""#, "x".repeat(length - row.len())));
        Number::from_row(&RawValue::from_string(row).unwrap())
    };
    assert!(read(OBJECT_LIMIT).is_ok());
    assert_eq!(read(OBJECT_LIMIT + 1), Err(InvalidObject::TooLong));
}

#[test]
fn rows_without_a_key_are_no_numbers() {
    for json in [
        "{}",
        r#"{"country":"GB"}"#,
        r#"{"country":"GB","msisdn":7}"#,
        "[]",
    ] {
        let row = RawValue::from_string(json.to_owned()).unwrap();
        assert!(Number::from_row(&row).is_err(), "{json}");
    }
    let nothing = number(r#","features":null,"type":null"#);
    assert_eq!((nothing.features.len(), nothing.kind), (0, None));
}
