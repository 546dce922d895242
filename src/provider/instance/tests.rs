//! An object at two addresses of a configuration.

use super::*;

const KIND: Kind = Kind {
    type_name: "vonage_sip_domain",
    noun: "SIP domain",
    attribute: "name",
};

fn office(session: &Session) -> Instance<'_> {
    Instance {
        session,
        kind: &KIND,
        id: "office".to_owned(),
        subject: "SIP domain \"office\"".to_owned(),
        private: PrivateData::default(),
    }
}

fn summaries(diagnostics: &Diagnostics) -> Vec<&str> {
    diagnostics.iter().map(|it| it.summary.as_str()).collect()
}

#[test]
fn whatever_is_planned_second_warns() {
    let expected = ["SIP domain \"office\" is both created and destroyed"];
    let session = Session::default();
    assert!(office(&session).planned(true).is_empty());
    let warnings = office(&session).planned_destroy();
    assert_eq!(summaries(&warnings), expected);
    let session = Session::default();
    assert!(office(&session).planned_destroy().is_empty());
    let warnings = office(&session).planned(true);
    assert_eq!(summaries(&warnings), expected);
    let detail = &warnings.iter().next().unwrap().detail;
    assert!(detail.contains("moved {"), "{detail}");
}

#[test]
fn an_object_that_stays_is_at_one_address() {
    let session = Session::default();
    office(&session).planned_destroy();
    office(&session).planned(false);
    assert!(office(&session).planned(true).is_empty());
}

#[test]
fn objects_of_two_kinds_may_have_one_id() {
    const OTHER: Kind = Kind {
        type_name: "vonage_other",
        ..KIND
    };
    let session = Session::default();
    let other = Instance {
        kind: &OTHER,
        ..office(&session)
    };
    other.begin_destroy();
    assert!(office(&session).planned(true).is_empty());
}

#[test]
fn an_object_that_exists_is_imported_unless_this_run_destroys_it() {
    let session = Session::default();
    let text = office(&session).remedy();
    for words in [
        "import {",
        "id = \"office\"",
        "moved {",
        "`create_before_destroy`",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    office(&session).planned_destroy();
    let text = office(&session).remedy();
    assert!(text.contains("moved {"), "{text}");
    assert!(text.contains("`create_before_destroy`"), "{text}");
    assert!(!text.contains("import {"), "{text}");
}
