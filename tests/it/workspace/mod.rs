//! A workspace within this process: a configuration, a state, and the provider with which Terraform's core brings an
//! account on a sandbox from the one to the other.
//!
//! Calls go through the protocol's service, and core checks each answer; what a CLI does beside that, in the order of
//! its graph, is in `apply`.

pub(crate) mod agreement;
pub(crate) mod application;
pub(crate) mod apply;
pub(crate) mod config;
pub(crate) mod number;
pub(crate) mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use terraform_provider_vonage::Vonage;
use tfplugin::server::{self, ProtocolServer};
use tfplugin::testing::{Client, Core, Object, Refused};
use tfplugin::value::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vonage_sandbox::{Object as ApiObject, Options, Sandbox};

use self::config::{Address, Config, Reference};
use crate::caller::called_here;
use crate::support::sandbox::variables;

/// See the module's own words.
pub(crate) struct Workspace {
    pub(crate) sandbox: Arc<Sandbox>,
    provider: Provider,
    /// An account that has nothing, once its credentials were used.
    another: Option<Sandbox>,
    pub(crate) config: Config,
    pub(crate) state: BTreeMap<Address, Object>,
    /// What the account owns, without the links: only others change that.
    numbers: BTreeMap<String, ApiObject>,
}

/// One started provider: nothing is shared with the next.
#[derive(Clone)]
pub(crate) struct Provider {
    client: Client<ProtocolServer>,
    applications: Core<ProtocolServer>,
    domains: Core<ProtocolServer>,
    links: Core<ProtocolServer>,
    users: Core<ProtocolServer>,
}

/// What failed in a command, by address.
#[derive(Debug, Default)]
pub(crate) struct Failures(pub(crate) BTreeMap<Address, Refused>);

impl Workspace {
    pub(crate) async fn new() -> Self {
        let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
        Self {
            provider: Provider::start(&sandbox).await,
            numbers: number::own_all(&sandbox),
            sandbox: Arc::new(sandbox),
            another: None,
            config: Config::default(),
            state: BTreeMap::new(),
        }
    }

    /// Goes on with another process of the provider.
    pub(crate) async fn restart(&mut self) {
        self.provider = Provider::start(&self.sandbox).await;
    }

    /// Goes on with credentials of another account, which has nothing.
    pub(crate) async fn enter_another_account(&mut self) {
        let options = Options {
            api_key: "another1".to_owned(),
            ..Options::default()
        };
        let another = vonage_sandbox::start(options.clone()).await.unwrap();
        self.provider = Provider::start_with(&another, &options).await;
        self.another = Some(another);
    }

    /// The provider, for those who want to interrupt it.
    pub(crate) fn provider(&self) -> Provider {
        self.provider.clone()
    }

    /// Imports the object that an import names so.
    #[track_caller]
    pub(crate) fn import(&mut self, address: &Address, id: &str) -> impl Future<Output = ()> {
        called_here(async move {
            let imported = self.provider.core(address).import(id).await.unwrap();
            let imported = imported.unwrap_or_else(|| panic!("{id} is not there to be imported"));
            self.state.insert(address.clone(), imported);
        })
    }

    /// What is configured at an address, as the provider gets it: an ID that is not in the state is not known yet.
    fn value(&self, address: &Address) -> Option<Value> {
        let id_of = |label: &str| {
            let id = self.application_id(label);
            id.map_or(Value::Unknown, |id| id.as_str().into())
        };
        self.config.value(address, id_of)
    }

    /// The ID of the application with a label, once it is in the state.
    pub(crate) fn application_id(&self, label: &str) -> Option<String> {
        let application = self.state.get(&Address::Application(label.to_owned()))?;
        let id = application.state.attribute("id").as_str()?;
        Some(id.to_owned())
    }

    /// What the object at an address refers to, by its configuration or by the state.
    fn needs(&self, address: &Address) -> BTreeSet<Address> {
        match address {
            Address::Application(_) => return BTreeSet::new(),
            Address::User(domain, _) => return BTreeSet::from([Address::Domain(domain.clone())]),
            Address::Domain(_) | Address::Link(_) => {}
        }
        let known = self.state.get(address);
        let known = known.and_then(|it| it.state.attribute("application_id").as_str());
        let labels = self.state.keys().filter(|it| match it {
            Address::Application(label) => {
                known.is_some() && self.application_id(label).as_deref() == known
            }
            _ => false,
        });
        let mut needs: BTreeSet<_> = labels.cloned().collect();
        if let Some(Reference::To(label)) = self.config.application_of(address) {
            needs.insert(Address::Application(label.clone()));
        }
        needs
    }
}

impl Provider {
    async fn start(sandbox: &Sandbox) -> Self {
        Self::start_with(sandbox, &Options::default()).await
    }

    async fn start_with(sandbox: &Sandbox, options: &Options) -> Self {
        let environment = variables(sandbox.url(), options);
        let environment = environment.map(|(name, value)| (name.to_owned(), value));
        let provider = Vonage::new(BTreeMap::from(environment));
        let service = server::service(provider, TaskTracker::new(), &CancellationToken::new());
        let client = Client::new(service).await.unwrap();
        client.configure(&[]).await.unwrap();
        Self {
            applications: Core::of(&client, "vonage_application"),
            domains: Core::of(&client, "vonage_sip_domain"),
            links: Core::of(&client, "vonage_number_link"),
            users: Core::of(&client, "vonage_sip_domain_user"),
            client,
        }
    }

    /// Ctrl-C.
    pub(crate) async fn interrupt(&self) {
        self.client.stop().await.unwrap();
    }

    /// Core for the objects of an address's type.
    fn core(&self, address: &Address) -> Core<ProtocolServer> {
        match address {
            Address::Application(_) => self.applications.clone(),
            Address::Domain(_) => self.domains.clone(),
            Address::Link(_) => self.links.clone(),
            Address::User(..) => self.users.clone(),
        }
    }
}
