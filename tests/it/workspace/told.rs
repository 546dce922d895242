//! What messages tell, and what a person finds who looks into the account because of them.

use vonage_sandbox::{Object as ApiObject, PRIVATE_KEY};

use super::agreement::{Contents, Path};
use super::config::Address;
use super::{Failures, Workspace};

impl Failures {
    /// All that was said.
    pub(crate) fn text(&self) -> String {
        let all = self.0.values().flat_map(|it| it.iter());
        let texts = all.map(|it| format!("{}\n{}", it.summary, it.detail));
        let text = texts.collect::<Vec<_>>().join("\n");
        assert!(!has_private_key(&text), "a private key is told: {text}");
        text
    }
}

/// Whether any line of the key is in it that the API gives to applications without one of their own.
pub(crate) fn has_private_key(text: &str) -> bool {
    PRIVATE_KEY.lines().any(|line| text.contains(line))
}

/// The IDs in the `import` blocks of a message.
pub(crate) fn import_ids(text: &str) -> Vec<String> {
    let ids = text.lines().filter_map(|line| {
        let id = line.trim().strip_prefix("id = \"")?;
        id.strip_suffix('"')
    });
    ids.map(str::to_owned).collect()
}

impl Workspace {
    /// The IDs of applications of the name that is configured with a label, which are neither in the state nor somebody else's.
    pub(crate) fn new_applications(&self, label: &str, foreign: &Contents) -> Vec<String> {
        let name = self.config.applications[label].name.as_str();
        let known = self.known();
        let mut found = self.contents().applications;
        found.retain(|id, it| {
            let is_known = known.contains(&Path::Application(id.clone()));
            !is_known && !foreign.applications.contains_key(id) && it["name"] == name
        });
        found.into_keys().collect()
    }

    /// What a person does about an application that may have been created: looks whether one is new, and imports it. These are
    /// the words for it, up to the next apply.
    pub(crate) async fn find_new_application(
        &mut self,
        label: &str,
        text: &str,
        foreign: &Contents,
    ) -> &'static str {
        let candidates = import_ids(text);
        let mut new = self.new_applications(label, foreign);
        let must_look = candidates.is_empty() && text.contains("look there");
        if !candidates.is_empty() {
            new.retain(|id| candidates.contains(id));
        } else if !must_look {
            assert!(
                text.contains("safe to run `terraform apply` again"),
                "{text}"
            );
            return "apply again";
        }
        let Some(id) = new.first() else {
            return if must_look {
                "look for it, apply again"
            } else {
                "none is new, apply again"
            };
        };
        let address = Address::Application(label.to_owned());
        self.import(&address, id).await;
        if must_look {
            "look for it, import it"
        } else {
            "import the new one"
        }
    }

    /// Somebody deletes it. The number of a link stays the account's.
    pub(crate) fn delete_outside(&self, path: &Path) {
        match path {
            Path::Application(id) => self.sandbox.delete_application(id),
            Path::Domain(name) => self.sandbox.delete_domain(name),
            Path::Link(number) => {
                self.link_outside(number, ApiObject::new());
                Ok(())
            }
            Path::User(domain, key) => self.sandbox.delete_user(domain, key),
        }
        .unwrap();
    }
}
