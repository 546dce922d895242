//! Looking up what the account has, for data sources and for `terraform query`.

use std::sync::Arc;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::provider::Context;
use tfplugin::value::Value;

use super::domain_filter::DomainFilter;
use super::failure::lookup_explanation;
use super::resources::sip_domain::{DomainModel, schema};
use super::resources::sip_domain_user::{UserModel, schema as user_schema};
use super::session::{self, Access, Session};
use super::timeouts::{Timeout, Timeouts};
use crate::vonage::psip::{Domain, User};
use crate::vonage::{Api, Error, Operation};

/// The domain of this name, with the attributes that an import would read and the name as it is written here.
pub(super) async fn domain(
    session: &Session,
    context: &Context,
    name: &str,
) -> Result<Value, Diagnostics> {
    let api = api(session)?;
    let found = api.psip.read_domain(&operation(context), name).await;
    let found =
        found.map_err(|error| failed(&format!("Cannot read SIP domain {name:?}"), &error))?;
    let found = found.ok_or_else(|| missing(schema::NAME, name))?;
    let domain = DomainModel::named(name).refreshed(&found);
    Ok(domain.into_value(Field::Known(&base_domain(session))))
}

/// The domains that are wanted, ordered by name, each with the attributes that an import would read.
pub(super) async fn domains(
    session: &Session,
    context: &Context,
    filter: &DomainFilter,
) -> Result<Vec<Value>, Diagnostics> {
    let rows = domain_rows(session, context).await?;
    whole_domains(session, context, rows, filter).await
}

/// All domains, as far as their rows in the list tell.
pub(super) async fn domain_rows(
    session: &Session,
    context: &Context,
) -> Result<Vec<Domain>, Diagnostics> {
    let listed = api(session)?.psip.list_domains(&operation(context)).await;
    listed.map_err(|error| cannot_list(&error))
}

/// Those of these domains that are wanted, as [`domains`] gives them.
pub(super) async fn whole_domains(
    session: &Session,
    context: &Context,
    rows: Vec<Domain>,
    filter: &DomainFilter,
) -> Result<Vec<Value>, Diagnostics> {
    let api = api(session)?;
    let found = api.psip.whole_domains(&operation(context), rows).await;
    let found = found.map_err(|error| cannot_list(&error))?;
    let base_domain = base_domain(session);
    let wanted = wanted(&found, filter).into_iter();
    Ok(wanted
        .map(|domain| domain.into_value(Field::Known(&base_domain)))
        .collect())
}

fn cannot_list(error: &Error) -> Diagnostics {
    failed("Cannot list SIP domains", error)
}

/// What the API leaves out of a domain has its default before the filter sees it.
fn wanted(found: &[Domain], filter: &DomainFilter) -> Vec<DomainModel> {
    let blank = DomainModel::default();
    let read = found.iter().map(|domain| blank.refreshed(domain));
    let mut wanted: Vec<_> = read.filter(|domain| filter.matches(domain)).collect();
    wanted.sort_by(|one, other| one.name().cmp(other.name()));
    wanted
}

/// The users of a domain, ordered by key, each as an import has it.
pub(super) async fn users(
    session: &Session,
    context: &Context,
    domain: &str,
) -> Result<Vec<Value>, Diagnostics> {
    let api = api(session)?;
    let listed = api.psip.list_users(&operation(context), domain).await;
    as_imported(domain, listed)?.ok_or_else(|| missing(user_schema::DOMAIN, domain))
}

/// The same of one of many domains, which may be gone: `None` where it is.
pub(super) async fn users_of_one(
    session: &Session,
    context: &Context,
    domain: &str,
) -> Result<Option<Vec<Value>>, Diagnostics> {
    let api = api(session)?;
    let operation = operation(context);
    let listed = api.psip.list_users_unconfirmed(&operation, domain).await;
    as_imported(domain, listed)
}

fn as_imported(
    domain: &str,
    listed: Result<Option<Vec<User>>, Error>,
) -> Result<Option<Vec<Value>>, Diagnostics> {
    let summary = || format!("Cannot list the users of SIP domain {domain:?}");
    let listed = listed.map_err(|error| failed(&summary(), &error))?;
    Ok(listed.map(|mut users| {
        users.sort();
        let users = users.iter();
        users.map(|user| UserModel::from(user).into()).collect()
    }))
}

/// A domain that was asked for by name is not there.
fn missing(attribute: &str, name: &str) -> Diagnostics {
    Diagnostics::error_at(
        AttributePath::root(attribute),
        format!("SIP domain {name:?} does not exist"),
        "The account has no SIP domain of this name. Check the name, and that the API key is of the account that the \
         domain belongs to: `api_key` of the provider block, or VONAGE_API_KEY, or the Vonage CLI's \
         ~/.vonage/config.json, in this order. A domain that is created in the same run must be created first: take its name \
         from the resource, or name the resource in `depends_on`.",
    )
}

fn api(session: &Session) -> Result<Arc<Api>, Diagnostics> {
    match session.access()? {
        Access::Ready(api) => Ok(api),
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

/// A lookup has no `timeouts` of its own, and so the default.
fn operation(context: &Context) -> Operation {
    Timeouts::default().begin(Timeout::Read, context)
}

/// The session is ready, so the configuration is known.
fn base_domain(session: &Session) -> String {
    session.sip_base_domain().unwrap_or_default()
}

fn failed(summary: &str, error: &Error) -> Diagnostics {
    Diagnostics::from_error(summary, lookup_explanation(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Domain], filter: &Value) -> Vec<String> {
        let wanted = wanted(found, &DomainFilter::from(filter));
        wanted.iter().map(|it| it.name().to_owned()).collect()
    }

    fn domain(name: &str, domain_type: Option<&str>) -> Domain {
        Domain {
            name: name.to_owned(),
            domain_type: domain_type.map(ToOwned::to_owned),
            ..Domain::default()
        }
    }

    #[test]
    fn domains_are_ordered_by_name_however_they_are_listed() {
        let found = ["zulu-1", "alpha-10", "alpha-1"].map(|name| domain(name, None));
        assert_eq!(
            names(&found, &Value::Null),
            ["alpha-1", "alpha-10", "zulu-1"]
        );
    }

    #[test]
    fn what_the_api_leaves_out_is_found_under_its_default() {
        let found = [domain("trunk-1", Some("trunk")), domain("plain-1", None)];
        let apps = Value::object([("domain_type", "app".into())]);
        assert_eq!(names(&found, &apps), ["plain-1"]);
    }
}
