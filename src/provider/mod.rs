//! The provider `vonage`: its configuration, and on top of the API client its resources, data sources and lists; and its
//! functions.

mod acl_policy;
mod application_filter;
mod application_id;
mod caseless;
mod changes;
mod choice;
mod configuration;
mod data_sources;
mod domain_filter;
mod domain_name;
mod duration;
mod failure;
mod functions;
mod hosts;
mod instance;
pub(crate) mod inventory;
mod list_resources;
mod lookup;
mod number_filter;
mod planned_domains;
mod planned_names;
mod private_data;
mod resources;
mod session;
mod shortened;
mod timeouts;

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnosed, Diagnostics};
use tfplugin::function::Function;
use tfplugin::list_resource::ListResource;
use tfplugin::provider::{ConfigureRequest, Deferral, Provider};
use tfplugin::resource::Resource;
use tfplugin::schema::Schema;
use tfplugin::value::Value;

use crate::env::Environment;
use crate::provider::session::{Access, Configured, Session};
use crate::vonage::{Api, Raw};

pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The provider.
pub struct Vonage {
    environment: Box<dyn Environment>,
    session: Arc<Session>,
}

impl Vonage {
    /// A provider that takes from `environment` what its configuration does not say.
    pub fn new(environment: impl Environment + 'static) -> Self {
        Self {
            environment: Box::new(environment),
            session: Arc::default(),
        }
    }
}

#[async_trait]
impl Provider for Vonage {
    fn schema(&self) -> Schema {
        configuration::schema()
    }

    fn resources(&self) -> Vec<Arc<dyn Resource>> {
        resources::all(&self.session)
    }

    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        data_sources::all(&self.session)
    }

    fn list_resources(&self) -> Vec<Arc<dyn ListResource>> {
        list_resources::all(&self.session)
    }

    fn functions(&self) -> Vec<Arc<dyn Function>> {
        functions::all()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        configuration::validate(config)
    }

    async fn configure(&self, request: ConfigureRequest) -> Diagnostics {
        let resolved = configuration::resolve(&request.config, &*self.environment);
        let Diagnosed { value, diagnostics } = match resolved {
            Ok(resolved) => resolved,
            Err(diagnostics) => return diagnostics,
        };
        let access = match value.settings {
            Ok(settings) => {
                let api = Api::new(settings, &user_agent(&request.host_version));
                Access::Ready(Arc::new(api))
            }
            Err(unknown) => Access::Unknown(unknown),
        };
        self.session.configure(Configured {
            access,
            sip_base_domain: value.sip_base_domain,
            acl_policy: Arc::new(value.acl_policy),
        });
        diagnostics
    }

    fn deferral(&self) -> Option<Deferral> {
        let unknown = self.session.is_unknown();
        unknown.then_some(Deferral::ProviderConfigUnknown)
    }
}

/// The APIs of the account that the environment, or the credentials file, leads to, as for a provider block that says nothing.
pub(crate) fn raw_api(environment: &dyn Environment) -> Result<Raw, Diagnostics> {
    let nothing = configuration::schema().empty_config();
    let resolved = configuration::resolve(&nothing, environment)?.value;
    let unknown = |names: Vec<_>| Diagnostics::from_error("Unknown settings", names.join(", "));
    let settings = resolved.settings.map_err(unknown)?;
    Ok(Raw::new(settings, &user_agent("")))
}

/// What the API sees of us: the provider, and the Terraform that drives it.
fn user_agent(host_version: &str) -> String {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || "+-.~_".contains(*letter);
    let host_version: String = host_version.chars().filter(is_plain).take(40).collect();
    if host_version.is_empty() {
        return format!("terraform-provider-vonage/{VERSION}");
    }
    format!("terraform-provider-vonage/{VERSION} terraform/{host_version}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_provider_and_host_and_nothing_that_breaks_a_header() {
        assert_eq!(
            user_agent("1.11.4"),
            format!("terraform-provider-vonage/{VERSION} terraform/1.11.4")
        );
        assert_eq!(
            user_agent(""),
            format!("terraform-provider-vonage/{VERSION}")
        );
        assert_eq!(
            user_agent("1.0\r\nX: y"),
            format!("terraform-provider-vonage/{VERSION} terraform/1.0Xy")
        );
    }
}
