//! What there is to say where one object is at two addresses of a configuration: its create fails as long as the old one is
//! there, and its destroy may come after that.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use super::session::Session;

/// A kind of object whose names are given by the configuration.
pub(super) struct Kind {
    /// The resource's type name.
    pub(super) type_name: &'static str,
    /// The attribute that names the object.
    pub(super) attribute: &'static str,
    /// The object as messages name it, by its attributes.
    pub(super) subject: fn(&Value) -> String,
}

/// Warns where this process plans to create what it plans to destroy.
pub(super) fn planned(
    session: &Session,
    kind: &Kind,
    prior: &Value,
    planned: &Value,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let names = &session.planned_names;
    if let Some(id) = prior.string_field("id").known() {
        names.forget(id);
    } else if let Some(id) = planned.string_field("id").known()
        && names.plan_create(id)
    {
        warn(&mut diagnostics, kind, planned);
    }
    diagnostics
}

/// Warns where this process plans to destroy what it plans to create.
pub(super) fn planned_destroy(session: &Session, kind: &Kind, prior: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let id = prior.string_field("id").known().unwrap_or_default();
    if session.planned_names.plan_destroy(id) {
        warn(&mut diagnostics, kind, prior);
    }
    diagnostics
}

/// What to do about an object that exists where it was to be created.
pub(super) fn remedy(session: &Session, kind: &Kind, object: &Value) -> String {
    let id = object.string_field("id").known().unwrap_or_default();
    let type_name = kind.type_name;
    if session.planned_names.is_to_be_destroyed(id) {
        return format!(
            "This run destroys it at another address of the configuration. {}\n\n\
             If its resource has `create_before_destroy`, remove that as well: two objects cannot have the same `{}`.",
            moved(type_name),
            kind.attribute
        );
    }
    format!(
        "To manage it with Terraform, import it, with the address of your resource in the place of `example`:\n\n\
         import {{\n  to = {type_name}.example\n  id = {id:?}\n}}\n\n\
         If Terraform manages it already, do not import it. {}\n\n\
         If the resource has `create_before_destroy` in its `lifecycle`, remove that: the old object has to be destroyed before \
         its `{attribute}` can be used again.\n\n\
         Otherwise choose another `{attribute}`.",
        moved(type_name),
        attribute = kind.attribute
    )
}

fn warn(diagnostics: &mut Diagnostics, kind: &Kind, object: &Value) {
    let subject = (kind.subject)(object);
    diagnostics.warning(
        AttributePath::root(kind.attribute),
        format!("{subject} is both created and destroyed"),
        format!(
            "This plan creates it at one address of the configuration and destroys it at another. The create fails as long \
             as the old object is there. {}",
            moved(kind.type_name)
        ),
    );
}

fn moved(type_name: &str) -> String {
    format!(
        "If the resource got a new address, add a `moved` block, so that nothing is destroyed:\n\n\
         moved {{\n  from = {type_name}.old\n  to   = {type_name}.new\n}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind {
        type_name: "vonage_sip_domain",
        attribute: "name",
        subject: |_| "SIP domain \"office\"".to_owned(),
    };

    fn office() -> Value {
        Value::object([("id", "office".into())])
    }

    fn summaries(diagnostics: &Diagnostics) -> Vec<&str> {
        diagnostics.iter().map(|it| it.summary.as_str()).collect()
    }

    #[test]
    fn whatever_is_planned_second_warns() {
        let expected = ["SIP domain \"office\" is both created and destroyed"];
        let session = Session::default();
        assert!(planned(&session, &KIND, &Value::Null, &office()).is_empty());
        let warnings = planned_destroy(&session, &KIND, &office());
        assert_eq!(summaries(&warnings), expected);
        let session = Session::default();
        assert!(planned_destroy(&session, &KIND, &office()).is_empty());
        let warnings = planned(&session, &KIND, &Value::Null, &office());
        assert_eq!(summaries(&warnings), expected);
        let detail = &warnings.iter().next().unwrap().detail;
        assert!(detail.contains("moved {"), "{detail}");
    }

    #[test]
    fn an_object_that_stays_is_at_one_address() {
        let session = Session::default();
        planned_destroy(&session, &KIND, &office());
        planned(&session, &KIND, &office(), &office());
        assert!(planned(&session, &KIND, &Value::Null, &office()).is_empty());
    }

    #[test]
    fn an_object_that_exists_is_imported_unless_this_run_destroys_it() {
        let session = Session::default();
        let text = remedy(&session, &KIND, &office());
        for words in [
            "import {",
            "id = \"office\"",
            "moved {",
            "`create_before_destroy`",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        planned_destroy(&session, &KIND, &office());
        let text = remedy(&session, &KIND, &office());
        assert!(text.contains("moved {"), "{text}");
        assert!(text.contains("`create_before_destroy`"), "{text}");
        assert!(!text.contains("import {"), "{text}");
    }
}
