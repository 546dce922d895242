//! Looking up what the account has, for data sources and for `terraform query`.

use std::sync::Arc;

use super::domain_filter::DomainFilter;
use super::failure::lookup_explanation;
use super::resources::sip_domain::{blank, refresh, validate_name};
use super::session::{self, Access, Session};
use super::timeouts;
use crate::tfplugin::diagnostics::{Diagnostics, Severity};
use crate::tfplugin::path::AttributePath;
use crate::tfplugin::provider::Context;
use crate::tfplugin::value::Value;
use crate::vonage::{Client, Error, Operation};

/// The domain of this name, with the attributes that an import would read and the name as it is written here.
pub(super) async fn domain(
    session: &Session,
    context: &Context,
    name: &str,
) -> Result<Value, Diagnostics> {
    let client = client(session)?;
    let found = client.read_domain(&operation(context), name).await;
    let found = found.map_err(|error| failed(&format!("Cannot read SIP domain {name:?}"), &error))?;
    let found = found.ok_or_else(|| missing("name", name))?;
    let mut prior = blank();
    prior.set_attribute("name", name.into());
    Ok(refresh(&prior, &found, &base_domain(session)))
}

/// The domains that are wanted, ordered by name, each with the attributes that an import would read.
pub(super) async fn domains(
    session: &Session,
    context: &Context,
    filter: &DomainFilter,
) -> Result<Vec<Value>, Diagnostics> {
    let client = client(session)?;
    let found = client.list_domains(&operation(context)).await;
    let found = found.map_err(|error| failed("Cannot list SIP domains", &error))?;
    let (blank, base_domain) = (blank(), base_domain(session));
    let read = found
        .iter()
        .map(|domain| refresh(&blank, domain, &base_domain));
    let mut wanted: Vec<_> = read.filter(|domain| filter.matches(domain)).collect();
    wanted.sort_by(|one, other| one.attribute("name").cmp(other.attribute("name")));
    Ok(wanted)
}

/// What is wrong with the name of a domain that is looked for; where it is not known yet, nothing.
///
/// Upper case does no harm here: a lookup knows no case.
pub(super) fn validate_domain_name(config: &Value, attribute: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let name = config.string_field(attribute).known();
    for problem in name.map(validate_name).unwrap_or_default() {
        if problem.severity == Severity::Error {
            let path = AttributePath::root(attribute);
            diagnostics.error(path, problem.summary, problem.detail);
        }
    }
    diagnostics
}

/// Ends a lookup whose configuration is wrong. Terraform checks before each; another host may not.
pub(super) fn refuse(problems: Diagnostics) -> Result<(), Diagnostics> {
    if problems.has_errors() {
        Err(problems)
    } else {
        Ok(())
    }
}

/// A domain that was asked for by name is not there.
fn missing(attribute: &str, name: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(
        AttributePath::root(attribute),
        format!("SIP domain {name:?} does not exist"),
        "The account has no SIP domain of this name. Check the name, and that the API key is of the account that the \
         domain belongs to: `api_key` of the provider block, or VONAGE_API_KEY, or the Vonage CLI's \
         ~/.vonage/config.json, in this order. A domain that is made in the same run must be made first: take its name \
         from the resource, or name the resource in `depends_on`.",
    );
    diagnostics
}

fn client(session: &Session) -> Result<Arc<Client>, Diagnostics> {
    match session.access()? {
        Access::Ready(client) => Ok(client),
        Access::Unknown(attributes) => Err(Diagnostics::from_error(
            "The provider's configuration is not known yet",
            format!(
                "{} of the provider block will be known only when what it depends on has been applied, so nothing can be \
                 looked up now. Apply that first, for example with `-target`. A data source can also wait for it: name it \
                 in the data source's `depends_on`.",
                session::list(&attributes)
            ),
        )),
    }
}

fn operation(context: &Context) -> Operation {
    Operation::new(timeouts::DEFAULT, context.cancel.clone())
}

/// The client is ready, so the configuration is known.
fn base_domain(session: &Session) -> String {
    session.sip_base_domain().unwrap_or_default()
}

fn failed(summary: &str, error: &Error) -> Diagnostics {
    Diagnostics::from_error(summary, lookup_explanation(error))
}
