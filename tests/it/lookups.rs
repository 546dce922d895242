//! Data sources and lists on a sandbox, called as the server calls them: what they give fits their schemas, and a listed
//! object is the one that an import reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use terraform_provider_vonage::Vonage;
use tfplugin::codec::msgpack;
use tfplugin::diagnostics::Diagnostics;
use tfplugin::generate;
use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::provider::{ConfigureRequest, Context, Provider as _};
use tfplugin::resource::{ImportTarget, Resource};
use tfplugin::schema::{Mode, Schema};
use tfplugin::value::Value;
use tokio_util::sync::CancellationToken;
use vonage_sandbox::{API_KEY, API_SECRET, Object, Options, Sandbox};

use crate::caller::called_here;

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// An account with three domains, and the provider that is configured for it.
struct Account {
    sandbox: Sandbox,
    provider: Vonage,
    context: Context,
}

impl Account {
    async fn new() -> Self {
        Self::configured(|_| {}).await
    }

    /// The provider's configuration is null but for what `change` gives.
    async fn configured(change: impl FnOnce(&mut Value)) -> Self {
        let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
        for (name, domain) in [
            (
                "zulu-3",
                json!({ "acl": ["10.1.2.3/24"], "domain_type": "trunk" }),
            ),
            // Short, as the API may answer: the rest has its default.
            (
                "alpha-1",
                json!({ "acl": ["190.190.190.190"], "application_id": APPLICATION }),
            ),
            (
                "alpha-2",
                json!({
                    "acl": [], "application_id": APPLICATION, "tls": "always", "srtp": "never", "digest_auth": true,
                    "domain_type": "app", "trunk_name": "T",
                }),
            ),
        ] {
            sandbox.put_domain(name, object(domain)).unwrap();
        }
        let environment: BTreeMap<String, String> = [
            ("VONAGE_BASE_URL", sandbox.url()),
            ("VONAGE_API_KEY", API_KEY.to_owned()),
            ("VONAGE_API_SECRET", API_SECRET.to_owned()),
            ("VONAGE_MAX_REQUESTS_PER_SECOND", "1000".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let provider = Vonage::new(environment);
        let mut config = provider.schema().empty_config();
        change(&mut config);
        let request = ConfigureRequest {
            host_version: String::new(),
            config,
        };
        assert!(provider.configure(request).await.is_empty());
        let context = Context {
            cancel: CancellationToken::new(),
            deferral_allowed: false,
        };
        Self {
            sandbox,
            provider,
            context,
        }
    }

    #[track_caller]
    fn read(
        &self,
        data_source: &str,
        given: &[(&str, Value)],
    ) -> impl Future<Output = Result<Value, Diagnostics>> {
        called_here(async move {
            let sources = self.provider.data_sources();
            let source = sources.iter().find(|it| it.type_name() == data_source);
            let source = source.unwrap();
            let config = config(&source.schema(), given);
            must_be_valid(source.validate(&config))?;
            let found = source.read(&self.context, config).await?.value;
            assert_fits(&found, &source.schema());
            for (name, value) in given {
                assert_eq!(
                    found.attribute(name),
                    value,
                    "what is configured is repeated"
                );
            }
            Ok(found)
        })
    }

    async fn list(&self, given: &[(&str, Value)]) -> Result<Vec<Listed>, Diagnostics> {
        self.list_of("vonage_sip_domain", given).await
    }

    async fn list_of(
        &self,
        type_name: &str,
        given: &[(&str, Value)],
    ) -> Result<Vec<Listed>, Diagnostics> {
        let lists = self.provider.list_resources();
        let list = lists.iter().find(|it| it.type_name() == type_name);
        let list = list.unwrap();
        let config = config(&list.schema(), given);
        must_be_valid(list.validate(&config))?;
        Ok(list.list(&self.context, config).await?.value)
    }

    fn resource(&self, type_name: &str) -> Arc<dyn Resource> {
        let resources = self.provider.resources();
        let resource = resources.into_iter().find(|it| it.type_name() == type_name);
        resource.unwrap()
    }

    fn add_users(&self, domain: &str, keys: &[&str]) {
        for key in keys {
            let user = object(json!({ "key": key, "secret": "Sufficient1Secret" }));
            self.sandbox.put_user(domain, key, user).unwrap();
        }
    }

    /// The state of an object that is imported and then read, as hosts do it.
    #[track_caller]
    fn import(&self, type_name: &str, id: &str) -> impl Future<Output = Value> {
        called_here(async move {
            let resource = self.resource(type_name);
            let target = ImportTarget::Id(id.to_owned());
            let imported = resource.import(&self.context, target).await.unwrap().value;
            let read = resource.read(&self.context, imported).await.unwrap().value;
            read.unwrap_or_else(|| panic!("{id} is gone")).state
        })
    }
}

/// As the server does before it calls.
fn must_be_valid(problems: Diagnostics) -> Result<(), Diagnostics> {
    if problems.has_errors() {
        return Err(problems);
    }
    Ok(())
}

fn object(json: serde_json::Value) -> Object {
    serde_json::from_value(json).unwrap()
}

fn config(schema: &Schema, given: &[(&str, Value)]) -> Value {
    let mut config = schema.empty_config();
    for (name, value) in given {
        config.set_attribute(name, value.clone());
    }
    config
}

/// Fails unless the value is one of the schema and wholly known: the encoder takes nothing else for the type.
#[track_caller]
fn assert_fits(value: &Value, schema: &Schema) {
    assert!(value.is_wholly_known());
    msgpack::encode(value, &schema.ty()).unwrap();
}

fn texts(list: &Value) -> Vec<&str> {
    let elements = list.as_elements().unwrap();
    elements.iter().map(|it| it.as_str().unwrap()).collect()
}

fn display_names(listed: &[Listed]) -> Vec<&str> {
    listed.iter().map(|it| it.display_name.as_str()).collect()
}

/// Path and text of the only message.
#[track_caller]
fn only_message(diagnostics: &Diagnostics) -> (String, String) {
    let messages: Vec<_> = diagnostics.iter().collect();
    assert_eq!(messages.len(), 1, "{diagnostics:?}");
    let text = format!("{}\n{}", messages[0].summary, messages[0].detail);
    (messages[0].path.to_string(), text)
}

#[tokio::test]
async fn a_domain_has_the_attributes_of_the_resource_and_defaults_for_what_the_api_leaves_out() {
    let account = Account::new().await;
    let name = [("name", "alpha-1".into())];
    let found = account.read("vonage_sip_domain", &name).await.unwrap();
    let imported = account.import("vonage_sip_domain", "alpha-1").await;
    for (name, value) in found.as_entries().unwrap() {
        assert_eq!(value, imported.attribute(name), "{name}");
    }
    assert_eq!(found.attribute("tls").as_str(), Some("optional"));
    assert_eq!(found.attribute("digest_auth").as_bool(), Some(false));
}

#[tokio::test]
async fn domains_come_in_order_and_in_two_forms() {
    let account = Account::new().await;
    let all = account.read("vonage_sip_domains", &[]).await.unwrap();
    assert_eq!(
        texts(all.attribute("names")),
        ["alpha-1", "alpha-2", "zulu-3"]
    );
    for domain in all.attribute("domains").as_elements().unwrap() {
        let name = domain.attribute("name").as_str().unwrap();
        let imported = account.import("vonage_sip_domain", name).await;
        for (attribute, value) in domain.as_entries().unwrap() {
            assert_eq!(value, imported.attribute(attribute), "{attribute}");
        }
    }
    let none = [("name_prefix", "nobody".into())];
    let none = account.read("vonage_sip_domains", &none).await.unwrap();
    assert_eq!(texts(none.attribute("names")), Vec::<&str>::new());
}

#[tokio::test]
async fn the_filters_of_data_source_and_list_are_the_same() {
    let account = Account::new().await;
    for (filter, expected) in [
        (("name_prefix", "alpha".into()), vec!["alpha-1", "alpha-2"]),
        (
            ("application_id", APPLICATION.into()),
            vec!["alpha-1", "alpha-2"],
        ),
        (("domain_type", "trunk".into()), vec!["zulu-3"]),
        // `alpha-1` does not say its type, which is the default then.
        (("domain_type", "app".into()), vec!["alpha-1", "alpha-2"]),
    ] {
        let filter = [filter];
        let read = account.read("vonage_sip_domains", &filter).await.unwrap();
        assert_eq!(texts(read.attribute("names")), expected, "{filter:?}");
        let listed = account.list(&filter).await.unwrap();
        assert_eq!(display_names(&listed), expected, "{filter:?}");
    }
}

#[tokio::test]
async fn users_come_in_order_and_without_secrets() {
    let account = Account::new().await;
    account.add_users("alpha-2", &["dave", "alice"]);
    let users_of = async |domain: &'static str| {
        let config = [("domain", domain.into())];
        account.read("vonage_sip_domain_users", &config).await
    };
    let found = users_of("alpha-2").await.unwrap();
    assert_eq!(texts(found.attribute("keys")), ["alice", "dave"]);
    let alice = Value::object([
        ("domain", "alpha-2".into()),
        ("id", "alpha-2/alice".into()),
        ("key", "alice".into()),
    ]);
    assert_eq!(found.attribute("users").as_elements().unwrap()[0], alice);
    let nobody = users_of("alpha-1").await.unwrap();
    assert_eq!(texts(nobody.attribute("keys")), Vec::<&str>::new());
}

#[tokio::test]
async fn a_domain_that_is_missing_is_an_error_that_says_what_to_check() {
    let account = Account::new().await;
    for (data_source, attribute) in [
        ("vonage_sip_domain", "name"),
        ("vonage_sip_domain_users", "domain"),
    ] {
        let nobody = [(attribute, "nobody".into())];
        let missing = account.read(data_source, &nobody).await.unwrap_err();
        let (path, text) = only_message(&missing);
        assert_eq!(path, attribute);
        assert!(text.contains("\"nobody\" does not exist"), "{text}");
        assert!(text.contains("`api_key`"), "{text}");
    }
}

#[tokio::test]
async fn a_wrong_configuration_sends_nothing() {
    let account = Account::new().await;
    let four = || Value::from("four");
    for (data_source, attribute, wrong) in [
        ("vonage_sip_domain", "name", four()),
        ("vonage_sip_domain_users", "domain", four()),
        ("vonage_sip_domains", "domain_type", "application".into()),
    ] {
        let refused = account.read(data_source, &[(attribute, wrong)]).await;
        let (path, _) = only_message(&refused.unwrap_err());
        assert_eq!(path, attribute);
    }
    let refused = account.list(&[("application_id", four())]).await;
    assert_eq!(only_message(&refused.unwrap_err()).0, "application_id");
    assert_eq!(account.sandbox.journal().len(), 0);
}

#[tokio::test]
async fn a_listed_domain_is_the_one_that_an_import_reads() {
    let account = Account::new().await;
    let resource = account.resource("vonage_sip_domain");
    for listed in account.list(&[]).await.unwrap() {
        let state = account
            .import("vonage_sip_domain", &listed.display_name)
            .await;
        assert_eq!(listed.object, state);
        assert_fits(&listed.object, &resource.schema());
    }
}

#[tokio::test]
async fn a_listed_user_is_the_one_that_an_import_reads() {
    let account = Account::new().await;
    account.add_users("alpha-2", &["dave", "alice"]);
    let of_domain = [("domain", "alpha-2".into())];
    let listed = account.list_of("vonage_sip_domain_user", &of_domain);
    let listed = listed.await.unwrap();
    assert_eq!(display_names(&listed), ["alpha-2/alice", "alpha-2/dave"]);
    for listed in listed {
        let import = account.import("vonage_sip_domain_user", &listed.display_name);
        assert_eq!(listed.object, import.await);
    }
    let of_nobody = [("domain", "nobody".into())];
    let missing = account.list_of("vonage_sip_domain_user", &of_nobody);
    let (path, text) = only_message(&missing.await.unwrap_err());
    assert_eq!(path, "domain");
    assert!(text.contains("\"nobody\" does not exist"), "{text}");
}

#[tokio::test]
async fn the_configuration_of_a_listed_object_is_valid() {
    let account = Account::new().await;
    account.add_users("alpha-1", &["alice"]);
    for (type_name, id) in [
        ("vonage_sip_domain", "alpha-1"),
        ("vonage_sip_domain", "alpha-2"),
        ("vonage_sip_domain_user", "alpha-1/alice"),
    ] {
        let state = account.import(type_name, id).await;
        let resource = account.resource(type_name);
        let config = generate::config(&resource.schema(), state);
        assert_fits(&config, &resource.schema());
        for attribute in resource.schema().block.attributes {
            let is_missing = config.attribute(&attribute.name).is_null();
            assert!(
                !is_missing || attribute.mode != Mode::Required,
                "{}",
                attribute.name
            );
        }
        let found = resource.validate(&config).into_errors();
        assert!(found.is_empty(), "{id}: {found:?}");
        for absent in [
            "id",
            "secret",
            "timeouts",
            "force_destroy",
            "regional_hosts",
        ] {
            assert!(config.attribute(absent).is_null(), "{absent} of {id}");
        }
    }
}

#[tokio::test]
async fn what_a_limit_leaves_out_is_told_by_the_name_of_the_objects() {
    let account = Account::new().await;
    let names = |it: &Arc<dyn ListResource>| (it.type_name(), it.plural());
    let lists = account.provider.list_resources();
    assert_eq!(
        lists.iter().map(names).collect::<Vec<_>>(),
        [
            ("vonage_application", "applications"),
            ("vonage_number_link", "number links"),
            ("vonage_sip_domain", "SIP domains"),
            ("vonage_sip_domain_user", "SIP users")
        ]
    );
}

#[tokio::test]
async fn a_failure_says_why_and_shows_no_secret() {
    let account = Account::configured(|config| {
        config.set_attribute("api_secret", "Wrong5ecret".into());
    })
    .await;
    let (_, text) = only_message(&account.list(&[]).await.unwrap_err());
    assert!(
        text.contains("401") && text.contains("`api_secret`"),
        "{text}"
    );
    assert!(!text.contains("Wrong5ecret"), "{text}");
}

#[tokio::test]
async fn an_interrupt_ends_a_search() {
    let account = Account::new().await;
    account.context.cancel.cancel();
    assert!(account.list(&[]).await.unwrap_err().has_errors());
    assert_eq!(account.sandbox.journal().len(), 0);
}

#[tokio::test]
async fn a_configuration_of_the_provider_that_is_not_known_yet_is_an_error_with_a_way_out() {
    let account = Account::configured(|config| {
        config.set_attribute("base_url", Value::Unknown);
    })
    .await;
    let read = account.read("vonage_sip_domains", &[]).await.unwrap_err();
    let (_, text) = only_message(&read);
    for words in ["`base_url`", "-target", "`depends_on`"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    assert_eq!(account.list(&[]).await.unwrap_err(), read);
}
