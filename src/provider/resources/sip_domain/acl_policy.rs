//! What a plan says of a domain that does not keep to the ACL policy.

use tfplugin::diagnostics::{Diagnostic, Diagnostics, Severity};
use tfplugin::path::AttributePath;

use super::model::DomainModel;
use super::schema::{ACL, TLS};
use super::words::Encryption;
use crate::acl::Size;
use crate::provider::acl_policy::{
    ALLOWED, AclPolicy, Enforcement, Excess, Limit, MAX_ADDRESSES, REQUIRE_TLS, Violation,
};
use crate::provider::shortened::shortened;

/// Each violation, at what it is about. What the change leaves as it was only warns.
pub(super) fn judge(policy: &AclPolicy, prior: &DomainModel, planned: &DomainModel) -> Diagnostics {
    let acl = planned.acl.as_known();
    let of_acl = acl.map(|acl| policy.judge_acl(acl)).unwrap_or_default();
    let is_always = |tls: &Encryption| *tls == Encryption::ALWAYS.into();
    let tls = planned.tls.as_known().map(is_always);
    let of_tls = tls.and_then(|is_always| policy.judge_tls(is_always));
    let mut diagnostics = told(&of_acl, || prior.acl == planned.acl);
    diagnostics.append(told(of_tls.as_slice(), || prior.tls == planned.tls));
    diagnostics
}

/// The gravest first.
fn told(violations: &[Violation<'_>], is_unchanged: impl FnOnce() -> bool) -> Diagnostics {
    if violations.is_empty() {
        return Diagnostics::new();
    }
    let is_unchanged = is_unchanged();
    let violations = violations.iter();
    let mut told: Vec<_> = violations.map(|it| diagnostic(it, is_unchanged)).collect();
    told.sort_by_key(|it| it.severity != Severity::Error);
    shortened(told)
}

fn diagnostic(violation: &Violation<'_>, is_unchanged: bool) -> Diagnostic {
    let (path, summary, mut detail) = match &violation.excess {
        Excess::Addresses { limit, admitted } => (
            AttributePath::root(ACL),
            "ACL wider than the policy allows",
            format!(
                "The entries together admit {admitted} IPv4 addresses, {} more than the {limit} of {}. List only the addresses that \
                 your calls come from.",
                admitted - limit,
                places(MAX_ADDRESSES, violation),
            ),
        ),
        Excess::Outside {
            entry,
            size,
            outside,
        } => (
            AttributePath::root(ACL).key(entry),
            "ACL entry that the policy does not allow",
            format!(
                "{} in {}. Remove the entry, or write only what of it is allowed.",
                missing(entry, *size, *outside),
                places(ALLOWED, violation),
            ),
        ),
        Excess::NoTls => (
            AttributePath::root(TLS),
            "TLS that the policy requires",
            format!(
                "`tls` must be \"always\" by {}, so that no call is signalled unencrypted.",
                places(REQUIRE_TLS, violation)
            ),
        ),
    };
    if is_unchanged {
        detail +=
            " It stands as it was, so this stops nothing; a change of it must keep to the policy.";
    }
    let severity = match violation.enforcement {
        Enforcement::Error if !is_unchanged => Severity::Error,
        Enforcement::Error | Enforcement::Warning => Severity::Warning,
    };
    Diagnostic {
        severity,
        summary: summary.to_owned(),
        detail,
        path,
    }
}

/// Begins a sentence that ends with where they are missing.
fn missing(entry: &str, size: Size, outside: Size) -> String {
    if size == Size::from(1) {
        format!("{entry:?} is not")
    } else if outside == size {
        format!("None of the {size} addresses of {entry:?} is")
    } else {
        format!("Of the {size} addresses of {entry:?}, {outside} are not")
    }
}

fn places(limit: Limit, violation: &Violation<'_>) -> String {
    let places = violation.sources.iter().map(|source| limit.place(*source));
    places.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests;
