//! The document that an export is: `import` blocks, and the resources that they lead to. Pure.

use super::hcl::{Block, comment, quoted};
use super::labels::Labels;
use crate::provider::inventory::{Existing, USER_DOMAIN};

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
    pub(super) domains: Vec<Domain>,
    /// Why each other object cannot be imported.
    pub(super) left_out: Vec<String>,
}

/// A domain with its users.
pub(super) struct Domain {
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
    if account.domains.is_empty() {
        document.text += &comment(&format!("\n{NOTHING}"));
    }
    if account.domains.iter().any(|it| !it.users.is_empty()) {
        document.text += &comment(&format!("\n{ABOUT_SECRETS}"));
    }
    for reason in &account.left_out {
        document.leave_out(reason);
    }
    let mut domain_labels = Labels::default();
    let mut user_labels = Labels::default();
    for Domain { domain, users } in &account.domains {
        let label = domain_labels.give(&domain.id);
        document.add(domain, &label, None);
        let (attribute, of_domain) = USER_DOMAIN;
        let reference = format!("{}.{label}.{of_domain}", domain.type_name);
        for user in users {
            let label = user_labels.give(&user.id);
            document.add(user, &label, Some((attribute, &reference)));
        }
    }
    document
}

impl Document {
    fn leave_out(&mut self, reason: &str) {
        self.text += &comment(&format!("\nLeft out: {reason}"));
        self.warnings.push(format!("left out: {reason}"));
    }

    /// Adds an object. Where it belongs to another, one of its arguments refers to that.
    fn add(&mut self, object: &Existing, label: &str, reference: Option<(&str, &str)>) {
        let address = format!("{}.{label}", object.type_name);
        self.text.push('\n');
        for problem in &object.problems {
            let detail = problem.detail.replace("\n\n", ": ");
            let problem = format!("{}: {detail}", problem.summary);
            self.text += &comment(&format!("A plan refuses this. {problem}"));
            self.warnings.push(format!("{address}: {problem}"));
        }
        let mut import = Block::new("import");
        import.argument("to", address);
        import.argument("id", quoted(&object.id));
        let heading = format!("resource {} {}", quoted(object.type_name), quoted(label));
        let mut resource = Block::new(&heading);
        resource.fill(&object.schema.block, &object.config);
        if let Some((attribute, reference)) = reference {
            resource.refer(attribute, reference);
        }
        self.text += &import.finish();
        self.text.push('\n');
        self.text += &resource.finish();
    }
}

#[cfg(test)]
mod tests;
