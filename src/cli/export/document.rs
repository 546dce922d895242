//! The document that an export is: `import` blocks, and the resources that they lead to. Pure.

use super::hcl::{Block, comment, quoted};
use super::labels::Labels;
use crate::provider::inventory::{Argument, Existing};

/// The variable that the secrets of users come from.
const SECRETS: &str = "sip_user_secrets";

const HEADING: &str = "\
Existing SIP domains of a Vonage account, written by `terraform-provider-vonage export`.

Put this file beside a `required_providers` block with the source \"vonage/vonage\", and look at `plan`, of Terraform 1.5 or
OpenTofu 1.6 and newer: it imports everything, with 0 to add, 0 to change, 0 to destroy. Once that is applied, the `import`
blocks have done their work and can be removed.";

const NOTHING: &str = "There is none, or none that was asked for.";

const ABOUT_SECRETS: &str = "\
The API never shows the secret of a user, so give them here, by `<domain>/<key>`, for example in a file that no repository
keeps, by `-var-file`. An import sends none of them, and what phones use stays as it is. One is sent only when its user gets
a `secret_wo_version` or another one, or is made anew. This needs Terraform 1.11 or OpenTofu 1.11, or newer.";

/// A domain with its users.
pub(super) struct Household {
    pub(super) domain: Existing,
    pub(super) users: Vec<Existing>,
}

/// What is written, and what has to be said about it.
pub(super) struct Document {
    pub(super) text: String,
    /// What keeps a plan from being made, each with the address that it is about.
    pub(super) warnings: Vec<String>,
}

/// The document for these domains, in their order.
pub(super) fn write(households: &[Household]) -> Document {
    let mut document = Document {
        text: comment(HEADING),
        warnings: Vec::new(),
    };
    if households.is_empty() {
        document.text += &comment(&["\n", NOTHING].concat());
    }
    if households
        .iter()
        .any(|household| !household.users.is_empty())
    {
        document.text += &["\n", &comment(ABOUT_SECRETS), &variable()].concat();
    }
    let mut domain_labels = Labels::default();
    let mut user_labels = Labels::default();
    for household in households {
        let label = domain_labels.give(&household.domain.id);
        let written = block(&household.domain, &label, None);
        document.add(&household.domain, &label, written);
        let domain = format!("{}.{label}.name", household.domain.kind);
        for user in &household.users {
            let label = user_labels.give(&user.id);
            let mut written = block(user, &label, Some(&domain));
            let secret = format!("var.{SECRETS}[{}]", quoted(&user.id));
            written.argument("secret_wo", secret);
            document.add(user, &label, written);
        }
    }
    document
}

fn variable() -> String {
    let mut block = Block::new(&format!("variable {}", quoted(SECRETS)));
    block.argument(
        "description",
        quoted("Secrets of SIP users, by <domain>/<key>."),
    );
    block.argument("type", "map(string)".to_owned());
    block.argument("ephemeral", true.to_string());
    block.finish()
}

impl Document {
    fn add(&mut self, object: &Existing, label: &str, resource: Block) {
        let address = format!("{}.{label}", object.kind);
        self.text.push('\n');
        for problem in &object.problems {
            let problem = problem.replace("\n\n", ": ");
            self.text += &comment(&["A plan refuses this. ", &problem].concat());
            self.warnings.push(format!("{address}: {problem}"));
        }
        let mut import = Block::new("import");
        import.argument("to", address);
        import.argument("id", quoted(&object.id));
        self.text += &[&import.finish(), "\n", &resource.finish()].concat();
    }
}

/// A resource; `domain` is what it refers to where it belongs to one.
fn block(object: &Existing, label: &str, domain: Option<&str>) -> Block {
    let heading = format!("resource {} {}", quoted(object.kind), quoted(label));
    let mut block = Block::new(&heading);
    for (name, argument) in &object.arguments {
        match (argument, domain) {
            (_, Some(domain)) if name == "domain" => block.argument(name, domain.to_owned()),
            (Argument::Text(text), _) => block.argument(name, quoted(text)),
            (Argument::Truth(truth), _) => block.argument(name, truth.to_string()),
            (Argument::Texts(texts), _) => block.list(name, texts),
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    fn existing(kind: &'static str, id: &str, arguments: &[(&str, &str)]) -> Existing {
        let argument =
            |(name, text): &(&str, &str)| ((*name).to_owned(), Argument::Text((*text).to_owned()));
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

    /// What follows the heading.
    fn body(document: &Document) -> &str {
        let heading = comment(HEADING);
        document.text.strip_prefix(&heading).unwrap()
    }

    #[test]
    fn a_user_refers_to_its_domain_and_to_the_variable() {
        let document = write(&[office(&["alice"])]);
        let expected = "\
resource \"vonage_sip_domain_user\" \"office_alice\" {
  domain    = vonage_sip_domain.office.name
  key       = \"alice\"
  secret_wo = var.sip_user_secrets[\"office/alice\"]
}
";
        assert!(document.text.ends_with(expected), "{}", document.text);
        assert_eq!(document.text.matches("variable ").count(), 1);
    }

    #[test]
    fn without_users_there_is_no_variable() {
        let document = write(&[office(&[])]);
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
        let document = write(&[]);
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
        let document = write(&[household]);
        assert_eq!(
            document.warnings,
            ["vonage_sip_domain.office: Bad: Because."]
        );
        let beginning = "\n# A plan refuses this. Bad: Because.\nimport {";
        assert!(body(&document).starts_with(beginning), "{}", document.text);
    }
}
