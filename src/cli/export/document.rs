//! The document that an export is: `import` blocks, and the resources that they lead to. Pure.

use std::collections::BTreeMap;

use super::hcl::{Block, comment, quoted};
use super::labels::Labels;
use crate::provider::inventory::{Existing, Found, USER};

const HEADING: &str = "\
What exists in a Vonage account, written by `terraform-provider-vonage export`.

Put this file next to a `required_providers` block with the source \"vonage/vonage\" and run `plan`, with Terraform 1.5, OpenTofu
1.6 or newer: it imports everything, with 0 to add, 0 to change, 0 to destroy. After the apply the `import` blocks can be removed.";

const NOTHING: &str = "There is nothing that can be imported, or nothing that matches.";

const ABOUT_SECRETS: &str = "\
The API never shows the secret of a user, and none is needed here: the secrets that phones use stay as they are. To manage one
here, set `secret_wo` and `secret_wo_version` of its user.";

/// What is written, and what has to be said about it.
pub(super) struct Document {
    pub(super) text: String,
    /// What keeps a plan from being made, each with the address that it is about, and what is left out.
    pub(super) warnings: Vec<String>,
}

/// The document for what an account has, each object behind those that it belongs to.
pub(super) fn write(found: &Found) -> Document {
    let mut document = Document {
        text: comment(HEADING),
        warnings: Vec::new(),
    };
    if found.existing.is_empty() {
        document.text += &comment(&format!("\n{NOTHING}"));
    }
    if found.existing.iter().any(|it| it.type_name == USER) {
        document.text += &comment(&format!("\n{ABOUT_SECRETS}"));
    }
    for reason in &found.left_out {
        document.text += &comment(&format!("\nLeft out: {reason}"));
        document.warnings.push(format!("left out: {reason}"));
    }
    let mut labels: BTreeMap<_, Labels> = BTreeMap::new();
    let mut addresses = BTreeMap::new();
    for object in &found.existing {
        let label = labels
            .entry(object.type_name)
            .or_default()
            .give(&object.name);
        document.add(object, &label, &addresses);
        let address = format!("{}.{label}", object.type_name);
        addresses.insert((object.type_name, object.id.as_str()), address);
    }
    document
}

/// By type and import ID.
type Addresses<'a> = BTreeMap<(&'a str, &'a str), String>;

impl Document {
    /// Adds an object. Where it belongs to another, an argument refers to that.
    fn add(&mut self, object: &Existing, label: &str, others: &Addresses<'_>) {
        let address = format!("{}.{label}", object.type_name);
        self.text.push('\n');
        for (verdict, problems) in [
            ("A plan refuses this.", &object.problems),
            ("This is against the ACL policy.", &object.against_policy),
        ] {
            for problem in problems {
                let detail = problem.detail.replace("\n\n", ": ");
                let problem = format!("{}: {detail}", problem.summary);
                self.text += &comment(&format!("{verdict} {problem}"));
                self.warnings.push(format!("{address}: {problem}"));
            }
        }
        let mut import = Block::new("import");
        import.argument("to", address);
        import.argument("id", quoted(&object.id));
        let heading = format!("resource {} {}", quoted(object.type_name), quoted(label));
        let mut resource = Block::new(&heading);
        resource.fill(&object.schema.block, &object.config);
        for (attribute, type_name, meant) in object.references {
            let id = object.config.string_field(attribute).known();
            if let Some(other) = others.get(&(*type_name, id.unwrap_or_default())) {
                resource.refer(attribute, &format!("{other}.{meant}"));
            }
        }
        self.text += &import.finish();
        self.text.push('\n');
        self.text += &resource.finish();
    }
}

#[cfg(test)]
mod tests;
