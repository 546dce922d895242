//! What can be told of a configuration, or of a plan, offline; unknown values are left for later.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use super::model::DomainModel;
use super::schema::{ACL, APPLICATION_ID, DOMAIN_TYPE, NAME, SRTP, TLS};
use super::words::{DomainType, Encryption};
use crate::acl::{Acl, Severity};
use crate::provider::application_id::ApplicationId;
use crate::provider::changes::must_be_valid;
use crate::provider::choice;

/// The domain before and after a change, unless that has errors in what it changes.
pub(super) fn valid_change(
    prior: &Value,
    planned: &Value,
) -> Result<(DomainModel, DomainModel), Diagnostics> {
    let (before, after) = (DomainModel::from(prior), DomainModel::from(planned));
    // Without users that authenticate, an empty ACL lets nobody call.
    let shuts_users_out = before.digest_auth == Field::Known(true)
        && after.digest_auth != Field::Known(true)
        && after.acl.as_known().is_some_and(Acl::is_empty);
    let also: &[&str] = if shuts_users_out { &[ACL] } else { &[] };
    must_be_valid(after.check(), planned, prior, also)?;
    Ok((before, after))
}

impl DomainModel {
    /// Every problem at once.
    pub(super) fn check(&self) -> Diagnostics {
        let encryption = |attribute, field: &Field<Encryption>| {
            let word = field.as_known();
            let path = AttributePath::root(attribute);
            word.map(|it| choice::check(path, it.as_str(), &Encryption::WORDS))
        };
        [
            self.name.as_known().map(|name| name.check(NAME)),
            Some(self.check_application()),
            self.domain_type.as_known().map(DomainType::check),
            encryption(SRTP, &self.srtp),
            encryption(TLS, &self.tls),
            self.check_media_keys(),
            self.acl.as_known().map(|acl| self.check_acl(acl)),
            Some(self.timeouts.check()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The keys of encrypted media travel in the signalling.
    fn check_media_keys(&self) -> Option<Diagnostics> {
        let is = |field: &Field<Encryption>, word: &str| *field == Field::Known(word.into());
        let are_shown = is(&self.srtp, Encryption::ALWAYS) && is(&self.tls, Encryption::NEVER);
        are_shown.then(|| {
            Diagnostics::warning_at(
                AttributePath::root(SRTP),
                "Encrypted media with unencrypted signalling",
                "With `srtp = \"always\"` and `tls = \"never\"`, the keys of the encrypted media travel in plain text with the \
                 signalling, so that whoever can read that can decrypt the calls. Set `tls` to \"always\".",
            )
        })
    }

    fn check_application(&self) -> Diagnostics {
        let is_app = match &self.domain_type {
            Field::Null => true,
            Field::Known(domain_type) => *domain_type == DomainType::DEFAULT.into(),
            Field::Unknown => false,
        };
        match &self.application_id {
            Field::Known(id) => ApplicationId::check(id, APPLICATION_ID),
            Field::Null if is_app => Diagnostics::error_at(
                AttributePath::root(APPLICATION_ID),
                "Missing application",
                "A domain of type \"app\" sends its calls to a Vonage application: set `application_id` to the application's \
                 ID, or `domain_type` to \"trunk\".",
            ),
            Field::Null | Field::Unknown => Diagnostics::new(),
        }
    }

    fn check_acl(&self, acl: &Acl) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let path = || AttributePath::root(ACL);
        let digest_auth = match self.digest_auth {
            Field::Known(digest_auth) => Some(digest_auth),
            Field::Null => Some(false),
            Field::Unknown => None,
        };
        for finding in acl.lint(digest_auth) {
            let path = finding.entry.map_or_else(path, |entry| path().key(entry));
            match finding.severity {
                Severity::Error => diagnostics.error(path, finding.summary, finding.detail),
                Severity::Warning => diagnostics.warning(path, finding.summary, finding.detail),
            }
        }
        diagnostics
    }
}

impl DomainType {
    pub(in crate::provider) fn check(&self) -> Diagnostics {
        let path = AttributePath::root(DOMAIN_TYPE);
        choice::check(path, self.as_str(), &Self::WORDS)
    }
}

#[cfg(test)]
mod tests;
