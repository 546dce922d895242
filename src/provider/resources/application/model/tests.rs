//! What of an application is the same, however it is spelled or left out, and what is not.

use tfplugin::number::Number;

use super::*;
use crate::vonage::applications::{Voice, Webhook};

const ID_UPPER: &str = "C49F3586-9C3C-458B-89FC-3C8BEB58865F";

fn webhook(address: &str) -> Webhook {
    Webhook {
        address: address.to_owned(),
        ..Webhook::default()
    }
}

fn found() -> Application {
    Application {
        id: ID_UPPER.to_ascii_lowercase(),
        name: "pbx".to_owned(),
        public_key: Some("KEY".to_owned()),
        improve_ai: Some(false),
        voice: Some(Voice {
            answer_url: Some(webhook("https://voice.example.com/")),
            leg_persistence_time: Some(7),
            region: Some("eu-west".to_owned()),
            ..Voice::default()
        }),
        ..Application::default()
    }
}

fn model() -> ApplicationModel {
    ApplicationModel::default().refreshed(&found())
}

#[test]
fn what_the_api_does_not_say_has_its_default_at_first_and_changes_nothing_later() {
    let value = Value::from(model());
    let voice = value.attribute(VOICE);
    let answer_url = voice.attribute("answer_url");
    for (object, attribute, expected) in [
        (&value, IMPROVE_AI, Value::from(false)),
        (&value, FORCE_DESTROY, false.into()),
        (voice, "signed_callbacks", true.into()),
        (voice, "conversations_ttl", Number::from(48_u64).into()),
        (voice, "event_url", Value::Null),
        (answer_url, "http_method", "GET".into()),
        (answer_url, "socket_timeout", Number::from(5_000_u64).into()),
    ] {
        assert_eq!(object.attribute(attribute), &expected, "{attribute}");
    }
    let silent = Application {
        public_key: None,
        improve_ai: None,
        ..found()
    };
    assert_eq!(model().refreshed(&silent), model());
    assert!(model().is_same(&silent));
}

#[test]
fn values_come_back_as_they_went() {
    let value = Value::from(model());
    assert_eq!(ApplicationModel::from(&value), model());
    assert_eq!(model().refreshed(&model().to_api()), model());
    let sent = model().to_api();
    assert_eq!((sent.id, sent.name), (found().id, found().name));
    assert_eq!(sent.public_key, found().public_key);
    assert_eq!(sent.improve_ai, found().improve_ai);
}

#[test]
fn all_of_voice_is_sent() {
    let webhook = |address: &str| Webhook {
        http_method: Some("POST".to_owned()),
        connect_timeout: Some(900),
        socket_timeout: Some(4_000),
        ..webhook(address)
    };
    let voice = Voice {
        answer_url: Some(webhook("https://voice.example.com/answer")),
        fallback_answer_url: Some(webhook("https://voice.example.com/fallback")),
        event_url: Some(webhook("https://voice.example.com/event")),
        signed_callbacks: Some(false),
        conversations_ttl: Some(12),
        leg_persistence_time: Some(3),
        region: Some("eu-west".to_owned()),
        ..Voice::default()
    };
    let found = Application {
        voice: Some(voice.clone()),
        ..found()
    };
    let model = ApplicationModel::default().refreshed(&found);
    assert_eq!(model.to_api().voice, Some(voice));
}

#[test]
fn a_plan_keeps_the_spelling_of_a_region() {
    let in_region = |region: &str| {
        let mut found = found();
        found.voice.as_mut().unwrap().region = Some(region.to_owned());
        ApplicationModel::default().refreshed(&found)
    };
    let planned = in_region("EU-West").in_spelling_of(&in_region("eu-west"));
    let region = planned.to_api().voice.unwrap().region;
    assert_eq!(region.as_deref(), Some("eu-west"));
    assert_eq!(planned, in_region("eu-west"));
}

#[test]
fn another_spelling_is_kept() {
    let spelled = ApplicationModel {
        id: Field::Known(ID_UPPER.into()),
        public_key: Field::Known(" KEY\r\n".into()),
        ..model()
    };
    let refreshed = Value::from(spelled.refreshed(&found()));
    assert_eq!(refreshed.attribute(ID), &ID_UPPER.into());
    assert_eq!(refreshed.attribute(PUBLIC_KEY), &" KEY\r\n".into());
    let planned = Value::from(model().in_spelling_of(&spelled));
    assert_eq!(planned.attribute(PUBLIC_KEY), &" KEY\r\n".into());
}

#[test]
fn each_difference_counts() {
    let changes: [fn(&mut Application); 7] = [
        |it| it.name = "Pbx".to_owned(),
        |it| it.public_key = Some("OTHER".to_owned()),
        |it| it.improve_ai = Some(true),
        |it| it.voice = None,
        |it| it.voice.as_mut().unwrap().region = None,
        |it| it.voice.as_mut().unwrap().answer_url = None,
        |it| it.voice.as_mut().unwrap().event_url = Some(webhook("https://example.com/")),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut other = found();
        change(&mut other);
        assert!(!model().is_same(&other), "change {number}");
    }
}

#[test]
fn what_a_plan_does_not_know_is_the_apis_to_give_and_makes_no_difference() {
    let mut planned = model();
    planned.public_key = Field::Unknown;
    if let Field::Known(voice) = &mut planned.voice {
        voice.leg_persistence_time = Field::Unknown;
    }
    let sent = planned.to_api();
    assert_eq!(sent.public_key, None);
    assert_eq!(sent.voice.as_ref().unwrap().leg_persistence_time, None);
    assert!(planned.is_same(&found()));
    assert_eq!(planned.refreshed(&found()), model());
    // Where the API gives nothing, there is nothing, and what was there stays.
    let days = |model: ApplicationModel| {
        let value = Value::from(model);
        value
            .attribute(VOICE)
            .attribute("leg_persistence_time")
            .clone()
    };
    let silent = planned.refreshed(&sent);
    assert_eq!(silent.public_key, Field::Null);
    assert_eq!(days(silent), Value::Null);
    assert_eq!(days(model().refreshed(&sent)), Number::from(7_u64).into());
}

#[test]
fn what_nobody_has_given_is_left_to_the_api_once_something_is_sent() {
    let silent = Application {
        public_key: None,
        voice: Some(Voice::default()),
        ..found()
    };
    let old = ApplicationModel::default().refreshed(&silent);
    assert!(old.is_same(&Application {
        voice: Some(Voice {
            leg_persistence_time: Some(7),
            ..Voice::default()
        }),
        ..found()
    }));
    let planned = Value::from(old.completed_by_api());
    assert_eq!(planned.attribute(PUBLIC_KEY), &Value::Unknown);
    assert_eq!(
        planned.attribute(VOICE).attribute("leg_persistence_time"),
        &Value::Unknown
    );
    assert_eq!(model().completed_by_api(), model());
}

#[test]
fn what_is_unknown_of_voice_is_unknown() {
    let unknown = ApplicationModel::from(&Value::object([(VOICE, Value::Unknown)]));
    assert!(unknown.voice.is_unknown());
    let voice = Value::object([("answer_url", Value::Unknown)]);
    let partly = ApplicationModel::from(&Value::object([(VOICE, voice)]));
    let voice = Value::from(partly).attribute(VOICE).clone();
    assert_eq!(voice.attribute("answer_url"), &Value::Unknown);
}
