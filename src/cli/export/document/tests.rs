//! What an export looks like.

use std::sync::Arc;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::schema::Schema;
use tfplugin::value::Value;

use super::*;

fn existing(type_name: &'static str, id: &str, arguments: &[(&'static str, &str)]) -> Existing {
    let argument = |(name, text): &(&'static str, &str)| (*name, Value::from(*text));
    Existing {
        type_name,
        references: if type_name == USER {
            &[("domain", "vonage_sip_domain", "name")]
        } else {
            &[]
        },
        schema: Arc::new(Schema::new("", Vec::new())),
        id: id.to_owned(),
        name: id.to_owned(),
        config: Value::object(arguments.iter().map(argument)),
        problems: Diagnostics::new(),
        against_policy: Diagnostics::new(),
    }
}

fn office(users: &[&str]) -> Found {
    let user = |key: &&str| {
        let id = format!("office/{key}");
        let arguments = [("domain", "office"), ("key", key)];
        existing("vonage_sip_domain_user", &id, &arguments)
    };
    let domain = existing("vonage_sip_domain", "office", &[("name", "office")]);
    Found {
        existing: std::iter::once(domain)
            .chain(users.iter().map(user))
            .collect(),
        ..Found::default()
    }
}

/// What follows the heading.
fn body(document: &Document) -> &str {
    let heading = comment(HEADING);
    document.text.strip_prefix(&heading).unwrap()
}

#[test]
fn a_user_refers_to_its_domain_and_has_no_secret() {
    let document = write(&office(&["alice"]));
    let expected = "\
resource \"vonage_sip_domain_user\" \"office_alice\" {
  domain = vonage_sip_domain.office.name
  key    = \"alice\"
}
";
    assert!(document.text.ends_with(expected), "{}", document.text);
    assert!(!document.text.contains("variable "), "{}", document.text);
    assert!(document.text.contains("`secret_wo`"), "{}", document.text);
}

#[test]
fn without_users_nothing_is_said_of_secrets() {
    let document = write(&office(&[]));
    let expected = "
import {
  to = vonage_sip_domain.office
  id = \"office\"
}

resource \"vonage_sip_domain\" \"office\" {
  name = \"office\"
}
";
    assert_eq!(body(&document), expected);
}

#[test]
fn nothing_is_a_comment_alone() {
    let document = write(&Found::default());
    assert!(
        document.text.lines().all(|line| line.starts_with('#')),
        "{}",
        document.text
    );
    assert!(document.text.contains(NOTHING));
}

#[test]
fn a_problem_stands_above_its_import_and_among_the_warnings() {
    let mut office = office(&[]);
    office.existing[0].problems = Diagnostics::from_error("Bad", "Because.");
    let document = write(&office);
    assert_eq!(
        document.warnings,
        ["vonage_sip_domain.office: Bad: Because."]
    );
    let beginning = "\n# A plan refuses this. Bad: Because.\nimport {";
    assert!(body(&document).starts_with(beginning), "{}", document.text);
}

#[test]
fn what_the_acl_policy_does_not_admit_is_marked_and_warned_of() {
    let mut office = office(&[]);
    office.existing[0].against_policy = Diagnostics::from_error("Wide", "Narrow it.");
    let document = write(&office);
    assert_eq!(
        document.warnings,
        ["vonage_sip_domain.office: Wide: Narrow it."]
    );
    let beginning = "\n# This is against the ACL policy. Wide: Narrow it.\nimport {";
    assert!(body(&document).starts_with(beginning), "{}", document.text);
}

#[test]
fn what_is_left_out_is_named_in_the_file_and_among_the_warnings() {
    let mut account = office(&[]);
    account.left_out.push("\"..\" is no name.".to_owned());
    let document = write(&account);
    assert_eq!(document.warnings, ["left out: \"..\" is no name."]);
    let beginning = "#\n# Left out: \"..\" is no name.\n\nimport {";
    assert!(body(&document).starts_with(beginning), "{}", document.text);
}
