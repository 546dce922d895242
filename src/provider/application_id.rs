//! The ID of a Vonage application, and its rule.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use uuid::Uuid;

use super::caseless::caseless;

caseless! {
    /// The ID of an application, right or wrong: a UUID.
    ApplicationId;
}

impl ApplicationId {
    pub(super) fn check(&self, attribute: &str) -> Diagnostics {
        let id = self.as_str();
        // The crate reads braces, `urn:` and forms without dashes, too; the API shows this one alone.
        if id.len() == 36 && Uuid::try_parse(id).is_ok() {
            return Diagnostics::new();
        }
        let shown: String = id.chars().take(60).collect();
        let detail = format!(
            "{shown:?} is not a UUID, such as \"c49f3586-9c3c-458b-89fc-3c8beb58865f\". Refer to an application of the configuration, as in \
             `vonage_application.example.id`, or take its ID from the Vonage dashboard."
        );
        let path = AttributePath::root(attribute);
        Diagnostics::error_at(path, "Invalid application ID", detail)
    }
}
