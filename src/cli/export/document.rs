//! The document that an export is: `import` blocks, and the resources that they lead to. Pure.

use super::hcl::{Block, comment, expression, quoted};
use super::labels::Labels;
use crate::provider::inventory::Existing;

const HEADING: &str = "\
Existing SIP domains of a Vonage account, written by `terraform-provider-vonage export`.

Put this file next to a `required_providers` block with the source \"vonage/vonage\" and run `plan`, with Terraform 1.5, OpenTofu
1.6 or newer: it imports everything, with 0 to add, 0 to change, 0 to destroy. After the apply the `import` blocks can be removed.";

const NOTHING: &str = "There is none that can be imported, or none that matches.";

const ABOUT_SECRETS: &str = "\
The API never shows the secret of a user, and none is needed here: the secrets that phones use stay as they are. To manage one
here, set `secret_wo` and `secret_wo_version` of its user.";

/// What is exported.
#[derive(Default)]
pub(super) struct Account {
    pub(super) households: Vec<Household>,
    /// Why each other object cannot be imported.
    pub(super) left_out: Vec<String>,
}

/// A domain with its users.
pub(super) struct Household {
    pub(super) domain: Existing,
    pub(super) users: Vec<Existing>,
}

/// What is written, and what has to be said about it.
pub(super) struct Document {
    pub(super) text: String,
    /// What keeps a plan from being made, each with the address that it is about, and what is left out.
    pub(super) warnings: Vec<String>,
}

/// The document for an account, its domains in their order.
pub(super) fn write(account: &Account) -> Document {
    let mut document = Document {
        text: comment(HEADING),
        warnings: Vec::new(),
    };
    if account.households.is_empty() {
        document.text += &comment(&format!("\n{NOTHING}"));
    }
    if account.households.iter().any(|it| !it.users.is_empty()) {
        document.text += &comment(&format!("\n{ABOUT_SECRETS}"));
    }
    for reason in &account.left_out {
        document.leave_out(reason);
    }
    let mut domain_labels = Labels::default();
    let mut user_labels = Labels::default();
    for household in &account.households {
        let label = domain_labels.give(&household.domain.id);
        document.add(&household.domain, &label, None);
        let domain = format!("{}.{label}.name", household.domain.kind);
        for user in &household.users {
            let label = user_labels.give(&user.id);
            document.add(user, &label, Some(&domain));
        }
    }
    document
}

impl Document {
    fn leave_out(&mut self, reason: &str) {
        self.text += &comment(&format!("\nLeft out: {reason}"));
        self.warnings.push(format!("left out: {reason}"));
    }

    /// Adds an object; `domain` is what it refers to where it belongs to one.
    fn add(&mut self, object: &Existing, label: &str, domain: Option<&str>) {
        let address = format!("{}.{label}", object.kind);
        self.text.push('\n');
        for problem in &object.problems {
            let problem = problem.replace("\n\n", ": ");
            self.text += &comment(&format!("A plan refuses this. {problem}"));
            self.warnings.push(format!("{address}: {problem}"));
        }
        let mut import = Block::new("import");
        import.argument("to", address);
        import.argument("id", quoted(&object.id));
        let heading = format!("resource {} {}", quoted(object.kind), quoted(label));
        let mut resource = Block::new(&heading);
        for (name, argument) in &object.arguments {
            let reference = domain.filter(|_| name == "domain").map(ToOwned::to_owned);
            resource.argument(name, reference.unwrap_or_else(|| expression(argument)));
        }
        self.text += &import.finish();
        self.text.push('\n');
        self.text += &resource.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::inventory::Argument;

    fn existing(kind: &'static str, id: &str, arguments: &[(&str, &str)]) -> Existing {
        let argument = |(name, text): &(&str, &str)| {
            ((*name).to_owned(), Argument::String((*text).to_owned()))
        };
        Existing {
            kind,
            id: id.to_owned(),
            arguments: arguments.iter().map(argument).collect(),
            problems: Vec::new(),
        }
    }

    fn office(users: &[&str]) -> Household {
        let user = |key: &&str| {
            let id = format!("office/{key}");
            existing(
                "vonage_sip_domain_user",
                &id,
                &[("domain", "office"), ("key", key)],
            )
        };
        Household {
            domain: existing("vonage_sip_domain", "office", &[("name", "office")]),
            users: users.iter().map(user).collect(),
        }
    }

    fn account(households: Vec<Household>) -> Account {
        Account {
            households,
            left_out: Vec::new(),
        }
    }

    /// What follows the heading.
    fn body(document: &Document) -> &str {
        let heading = comment(HEADING);
        document.text.strip_prefix(&heading).unwrap()
    }

    #[test]
    fn a_user_refers_to_its_domain_and_has_no_secret() {
        let document = write(&account(vec![office(&["alice"])]));
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
        let document = write(&account(vec![office(&[])]));
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
        let document = write(&Account::default());
        assert!(
            document.text.lines().all(|line| line.starts_with('#')),
            "{}",
            document.text
        );
        assert!(document.text.contains(NOTHING));
    }

    #[test]
    fn a_problem_stands_above_its_import_and_among_the_warnings() {
        let mut household = office(&[]);
        household.domain.problems.push("Bad\n\nBecause.".to_owned());
        let document = write(&account(vec![household]));
        assert_eq!(
            document.warnings,
            ["vonage_sip_domain.office: Bad: Because."]
        );
        let beginning = "\n# A plan refuses this. Bad: Because.\nimport {";
        assert!(body(&document).starts_with(beginning), "{}", document.text);
    }

    #[test]
    fn what_is_left_out_is_named_in_the_file_and_among_the_warnings() {
        let mut account = account(vec![office(&[])]);
        account.left_out.push("\"..\" is no name.".to_owned());
        let document = write(&account);
        assert_eq!(document.warnings, ["left out: \"..\" is no name."]);
        let beginning = "#\n# Left out: \"..\" is no name.\n\nimport {";
        assert!(body(&document).starts_with(beginning), "{}", document.text);
    }
}
