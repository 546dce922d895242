//! What plans of applications warn of, and how an application is named.

use futures_util::FutureExt as _;

use super::*;

fn application(lines: &[(&str, Value)]) -> ApplicationModel {
    let lines = lines.iter().map(|(name, value)| (*name, value.clone()));
    (&Value::object(lines)).into()
}

#[test]
fn an_application_is_named_by_what_is_known_of_it() {
    let resource = Application(Arc::default());
    let (name, id) = ((schema::NAME, "pbx".into()), (schema::ID, "c49f".into()));
    for (lines, subject) in [
        (vec![name.clone()], "Application \"pbx\""),
        (vec![id.clone()], "Application c49f"),
        (vec![name, id], "Application \"pbx\" (c49f)"),
    ] {
        let instance = resource.instance(&application(&lines), &[]);
        assert_eq!(instance.subject, subject);
    }
}

#[test]
fn a_plan_that_breaks_something_for_callers_says_so() {
    let voice = (schema::VOICE, Value::object([]));
    let key = |text: &str| (schema::PUBLIC_KEY, Value::from(text));
    for (prior, planned, at) in [
        (vec![voice.clone()], vec![], Some(schema::VOICE)),
        (vec![], vec![voice.clone()], None),
        (vec![voice.clone()], vec![voice], None),
        (vec![key("A")], vec![key("B")], Some(schema::PUBLIC_KEY)),
        (vec![key("A")], vec![key("A\n")], None),
        (vec![], vec![key("A")], None),
    ] {
        let warnings = plan::warnings(&application(&prior), &application(&planned));
        let paths: Vec<_> = warnings.into_iter().map(|it| it.path.to_string()).collect();
        assert_eq!(paths, Vec::from_iter(at.map(ToOwned::to_owned)));
    }
}

#[test]
fn what_only_a_write_brings_is_unknown_once_there_is_one() {
    let old = |name: &str| {
        let mut application = schema::schema().empty_config();
        application.set_attribute(schema::NAME, name.into());
        application.set_attribute(schema::ID, "c49f3586-9c3c-458b-89fc-3c8beb58865f".into());
        application
    };
    for (name, public_key) in [("old", Value::Null), ("new", Value::Unknown)] {
        let request = PlanRequest {
            prior: old("old"),
            draft: old(name),
            config: old(name),
        };
        let resource = Application(Arc::default());
        let context = Context::default();
        let planned = resource.plan(&context, request).now_or_never().unwrap();
        let planned = planned.unwrap().value;
        assert_eq!(planned.attribute(schema::PUBLIC_KEY), &public_key, "{name}");
    }
}
