//! Every mistake of a link gets its own message, at its own path.

use super::*;

const ID: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

/// A link to an application in which these attributes take the place of the right ones.
fn problems(attributes: &[(&str, Value)]) -> Vec<(String, String)> {
    let mut config = Value::object([
        (COUNTRY, "GB".into()),
        (MSISDN, "447700900000".into()),
        (APPLICATION_ID, ID.into()),
    ]);
    for (name, value) in attributes {
        config.set_attribute(name, value.clone());
    }
    let found = LinkModel::from(&config).check().into_iter();
    found
        .map(|it| {
            (
                it.path.to_string(),
                format!("{}: {}", it.summary, it.detail),
            )
        })
        .collect()
}

fn uris(uris: &[&str]) -> Value {
    Value::List(uris.iter().map(|uri| Value::from(*uri)).collect())
}

#[test]
fn a_right_link_has_no_problems() {
    assert_eq!(problems(&[]), []);
    assert_eq!(problems(&[(COUNTRY, "gb".into())]), []);
    for unknown in [COUNTRY, MSISDN, APPLICATION_ID] {
        assert_eq!(problems(&[(unknown, Value::Unknown)]), [], "{unknown}");
    }
    let forward = uris(&["sip:1@a;transport=tls;timeout=2000", "sip:2@b"]);
    let to_sip = [(APPLICATION_ID, Value::Null), (FORWARD_TO_SIP, forward)];
    assert_eq!(problems(&to_sip), []);
    // Which of the two is null may be known only later.
    let later = [(FORWARD_TO_SIP, Value::Unknown)];
    assert_eq!(problems(&later), []);
}

#[test]
fn each_wrong_number_is_told_with_what_may_be_meant() {
    for (msisdn, words) in [
        ("+447700900000", "Did you mean \"447700900000\"?"),
        ("44 7700 900000", "Did you mean \"447700900000\"?"),
        ("44-7700-900000", "Did you mean"),
        ("0044770O900000", "without `+`"),
        ("", "without `+`"),
        ("1234567890123456", "is not 1 to 15 digits"),
        ("٤٤٧٧٠٠٩٠٠٠٠٠", "is not 1 to 15 digits"),
    ] {
        let found = problems(&[(MSISDN, msisdn.into())]);
        let [(path, text)] = found.as_slice() else {
            panic!("{msisdn:?}: {found:?}")
        };
        assert_eq!(path, MSISDN);
        assert!(text.contains(words), "{text}");
    }
    for country in ["", "G", "GBR", "G1", "44", "é"] {
        let found = problems(&[(COUNTRY, country.into())]);
        assert_eq!(found.len(), 1, "{country:?}");
        assert_eq!(found[0].0, COUNTRY);
    }
}

#[test]
fn exactly_one_target_is_wanted() {
    let none = problems(&[(APPLICATION_ID, Value::Null)]);
    assert!(none[0].1.contains("`forward_to_sip`"), "{none:?}");
    let two = problems(&[(FORWARD_TO_SIP, uris(&["sip:1@a"]))]);
    assert_eq!((two.len(), two[0].0.as_str()), (1, FORWARD_TO_SIP));
    let not_an_id = problems(&[(APPLICATION_ID, "pbx".into())]);
    assert_eq!(
        (not_an_id.len(), not_an_id[0].0.as_str()),
        (1, APPLICATION_ID)
    );
    let empty = problems(&[(APPLICATION_ID, Value::Null), (FORWARD_TO_SIP, uris(&[]))]);
    assert_eq!((empty.len(), empty[0].0.as_str()), (1, FORWARD_TO_SIP));
}

#[test]
fn each_wrong_uri_is_told_at_its_element() {
    let mut forward = uris(&["sip:1@a", "tel:44", "sip:1@a,sip:2@b", "sip:1@a;timeout=1"]);
    if let Value::List(elements) = &mut forward {
        elements.extend([Value::Unknown, Value::Null]);
    }
    let found = problems(&[(APPLICATION_ID, Value::Null), (FORWARD_TO_SIP, forward)]);
    let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "forward_to_sip[1]",
            "forward_to_sip[2]",
            "forward_to_sip[3]",
            "forward_to_sip[5]"
        ]
    );
}

#[test]
fn an_import_id_is_a_country_and_a_number() {
    assert_eq!(wrong_number("gb", "447700900000"), None);
    for (country, msisdn) in [
        ("GB", ""),
        ("GB", "+447700900000"),
        ("GB", "447700900000/1"),
        ("447700900000", ""),
        ("", "447700900000"),
    ] {
        assert!(
            wrong_number(country, msisdn).is_some(),
            "{country}/{msisdn}"
        );
    }
}
