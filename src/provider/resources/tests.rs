//! The lives of objects of each kind, as Terraform's core has them with this provider in the same process, on a sandbox.
//!
//! The clock stands still: the pauses between lists of numbers, and before a reference is believed, take no time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use serde_json::json;
use tfplugin::provider::Context;
use tfplugin::resource::{PlanRequest, Resource};
use tfplugin::server::{self, ProtocolServer};
use tfplugin::testing::{Client, Core, Object, Refused};
use tfplugin::value::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vonage_sandbox::{API_SECRET, Fault, Options, Sandbox};

use super::number_link::NumberLink;
use super::sip_domain::SipDomain;
use super::sip_domain_user::SipDomainUser;
use crate::provider::Vonage;

const APPLICATION: &str = "vonage_application";
const DOMAIN: &str = "vonage_sip_domain";
const LINK: &str = "vonage_number_link";
const USER: &str = "vonage_sip_domain_user";

/// An account, and the provider on it.
struct Account {
    sandbox: Sandbox,
    client: Client<ProtocolServer>,
}

impl Account {
    async fn new() -> Self {
        let options = Options::default();
        let variables = [
            ("VONAGE_API_KEY", options.api_key.clone()),
            ("VONAGE_API_SECRET", API_SECRET.to_owned()),
            ("VONAGE_MAX_REQUESTS_PER_SECOND", "1000".to_owned()),
        ];
        let sandbox = vonage_sandbox::start(options).await.unwrap();
        let mut environment =
            BTreeMap::from(variables.map(|(name, value)| (name.to_owned(), value)));
        environment.insert("VONAGE_BASE_URL".to_owned(), sandbox.url());
        let provider = Vonage::new(environment);
        let service = server::service(provider, TaskTracker::new(), &CancellationToken::new());
        let client = Client::new(service).await.unwrap();
        client.configure(&[]).await.unwrap();
        Self { sandbox, client }
    }

    fn config(&self, type_name: &str, attributes: &[(&str, Value)]) -> Value {
        let resource = self.client.resource(type_name).unwrap();
        resource.config(attributes).unwrap()
    }

    fn core(&self, type_name: &str) -> Core<ProtocolServer> {
        Core::of(&self.client, type_name)
    }

    /// Brings an object to a configuration.
    async fn apply(
        &self,
        type_name: &str,
        object: &mut Option<Object>,
        attributes: &[(&str, Value)],
    ) -> Result<(), Refused> {
        let config = self.config(type_name, attributes);
        self.core(type_name).apply(object, &config, &config).await
    }

    /// Makes an object.
    async fn made(&self, type_name: &str, attributes: &[(&str, Value)]) -> Object {
        let mut object = None;
        let applied = self.apply(type_name, &mut object, attributes).await;
        applied.unwrap();
        object.unwrap()
    }

    /// How many writes there were since the last time.
    fn writes(&self) -> usize {
        let journal = self.sandbox.journal();
        self.sandbox.clear_journal();
        journal.iter().filter(|it| it.method != "GET").count()
    }
}

/// The title of the first error.
fn title(refused: Result<(), Refused>) -> String {
    let refused = refused.expect_err("it is refused");
    refused.into_iter().next().unwrap().summary
}

fn identity(attributes: &[(&str, &str)]) -> Value {
    let values = attributes
        .iter()
        .map(|(name, value)| (*name, (*value).into()));
    Value::object(values)
}

#[tokio::test(start_paused = true)]
async fn an_application_lives() {
    let account = Account::new().await;
    let core = account.core(APPLICATION);
    let named = |name: &str| ("name", Value::from(name));
    let unnamed = account.config(APPLICATION, &[named("")]);
    assert!(core.validate(&unnamed).await.is_err());
    let application = account.made(APPLICATION, &[named("pbx")]).await;
    let id = application
        .state
        .attribute("id")
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(application.identity, Some(identity(&[("id", &id)])));
    assert_eq!(account.writes(), 1);
    let mut object = Some(application);
    let force = ("force_destroy", Value::Bool(true));
    let forced = [named("pbx"), force];
    account
        .apply(APPLICATION, &mut object, &forced)
        .await
        .unwrap();
    assert_eq!(account.writes(), 0, "it concerns Terraform alone");
    account
        .apply(APPLICATION, &mut object, &[named("new")])
        .await
        .unwrap();
    assert_eq!(account.writes(), 1);
    assert_eq!(account.sandbox.application(&id).unwrap()["name"], "new");
    let imported = core.import(&id).await.unwrap().unwrap();
    assert_eq!(imported.state.attribute("name").as_str(), Some("new"));
    assert!(core.import("pbx").await.is_err());

    let answer_url = Value::object([("address", "https://example.com/answer".into())]);
    let voice = Value::object([("answer_url", answer_url)]);
    account
        .apply(APPLICATION, &mut object, &[named("new"), ("voice", voice)])
        .await
        .unwrap();
    let written = account.sandbox.application(&id).unwrap();
    assert_eq!(
        written["capabilities"]["voice"]["webhooks"]["answer_url"]["address"],
        "https://example.com/answer"
    );

    let domain = json!({ "application_id": id, "acl": ["192.0.2.1"] });
    let domain = domain.as_object().unwrap().clone();
    account.sandbox.put_domain("office", domain).unwrap();
    let application = object.unwrap();
    let refused = title(core.destroy(&application).await);
    assert!(refused.contains("in use"), "{refused}");
    let mut object = Some(application);
    account
        .apply(
            APPLICATION,
            &mut object,
            &[named("new"), ("force_destroy", true.into())],
        )
        .await
        .unwrap();
    core.destroy(&object.unwrap()).await.unwrap();
    assert_eq!(account.sandbox.application(&id), None);
}

#[tokio::test(start_paused = true)]
async fn a_reference_that_is_given_up_soon_stops_no_destroy() {
    let account = Account::new().await;
    let application = account.made(APPLICATION, &[("name", "pbx".into())]).await;
    let id = application.state.attribute("id").as_str();
    let domain = json!({ "application_id": id, "acl": [] });
    let domain = domain.as_object().unwrap().clone();
    account.sandbox.put_domain("office", domain).unwrap();
    let given_up = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        account.sandbox.delete_domain("office").unwrap();
    };
    let core = account.core(APPLICATION);
    let (destroyed, ()) = tokio::join!(core.destroy(&application), given_up);
    destroyed.unwrap();
    assert!(account.sandbox.applications().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_listed_stops_a_destroy_and_what_is_refused_does_not() {
    for (status, is_destroyed) in [(403, true), (401, false), (500, false)] {
        let account = Account::new().await;
        let application = account.made(APPLICATION, &[("name", "pbx".into())]).await;
        let fault = json!({ "method": "GET", "path": "/v1/psip", "status": status });
        let fault = Fault::from_json(fault.to_string().as_bytes()).unwrap();
        account.sandbox.add_fault(fault);
        let destroyed = account.core(APPLICATION).destroy(&application).await;
        assert_eq!(destroyed.is_ok(), is_destroyed, "{status}");
        let is_gone = account.sandbox.applications().is_empty();
        assert_eq!(is_gone, is_destroyed, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_domain_and_its_user_live() {
    let account = Account::new().await;
    let (domains, users) = (account.core(DOMAIN), account.core(USER));
    let acl = |entry: &str| ("acl", Value::string_set([entry]));
    let trunk = |entry: &str| {
        [
            ("name", "office".into()),
            ("domain_type", "trunk".into()),
            ("digest_auth", true.into()),
            acl(entry),
        ]
    };
    let invalid = account.config(DOMAIN, &trunk("192.0.2.1/33"));
    assert!(domains.validate(&invalid).await.is_err());
    let domain = account.made(DOMAIN, &trunk("192.0.2.1")).await;
    assert_eq!(domain.identity, Some(identity(&[("name", "office")])));
    assert_eq!(account.writes(), 1);
    let alice = |secret: &str| {
        [
            ("domain", "office".into()),
            ("key", "alice".into()),
            ("secret", secret.into()),
        ]
    };
    let short = account.config(USER, &alice("short"));
    assert!(users.validate(&short).await.is_err());
    let user = account.made(USER, &alice("Wonderland-1")).await;
    assert_eq!(
        user.identity,
        Some(identity(&[("domain", "office"), ("key", "alice")]))
    );
    let again = account.apply(USER, &mut None, &alice("Wonderland-1")).await;
    assert!(title(again).contains("exists"));
    assert_eq!(account.writes(), 1);
    let mut user = Some(user);
    account
        .apply(USER, &mut user, &alice("Wonderland-2"))
        .await
        .unwrap();
    assert_eq!(
        account.sandbox.user("office", "alice").unwrap()["secret"],
        "Wonderland-2"
    );
    let mut domain = Some(domain);
    account
        .apply(DOMAIN, &mut domain, &trunk("192.0.2.2"))
        .await
        .unwrap();
    assert_eq!(
        account.sandbox.domain("office").unwrap()["acl"],
        json!(["192.0.2.2"])
    );
    assert_eq!(account.writes(), 2);

    let imported = domains.import("office").await.unwrap().unwrap();
    assert_eq!(imported.identity, domain.as_ref().unwrap().identity);
    assert!(users.import("office/alice").await.unwrap().is_some());
    assert!(users.import("office").await.is_err());
    let refused = title(domains.destroy(domain.as_ref().unwrap()).await);
    assert!(refused.contains("Cannot delete"), "{refused}");
    users.destroy(&user.unwrap()).await.unwrap();
    domains.destroy(&domain.unwrap()).await.unwrap();
    assert_eq!(account.sandbox.domains(), []);
}

#[tokio::test(start_paused = true)]
async fn a_link_lives() {
    let account = Account::new().await;
    let links = account.core(LINK);
    let taken = json!({"voiceCallbackType": "tel", "voiceCallbackValue": "447700900001"});
    let taken = taken.as_object().unwrap().clone();
    account
        .sandbox
        .put_number("GB", "447700900000", taken)
        .unwrap();
    let number = |msisdn: &str| [("country", "GB".into()), ("msisdn", msisdn.into())];
    let to = |target: &str| {
        let [country, msisdn] = number("447700900000");
        [
            country,
            msisdn,
            ("forward_to_sip", Value::List(vec![target.into()])),
        ]
    };
    let nowhere = account.config(LINK, &number("447700900000"));
    assert!(links.validate(&nowhere).await.is_err());
    let first = "sip:desk@pbx.example.com";
    let refused = title(account.apply(LINK, &mut None, &to(first)).await);
    assert!(refused.contains("already"), "{refused}");
    let mut taking_over = to(first).to_vec();
    taking_over.push(("take_over", true.into()));
    let link = account.made(LINK, &taking_over).await;
    let expected = identity(&[("country", "GB"), ("msisdn", "447700900000")]);
    assert_eq!(link.identity, Some(expected));
    assert_eq!(account.writes(), 1);
    let value = |account: &Account| {
        account.sandbox.number("GB", "447700900000").unwrap()["voiceCallbackValue"].clone()
    };
    assert_eq!(value(&account), first);
    let mut object = Some(link);
    let second = "sip:desk@pbx.example.org";
    account.apply(LINK, &mut object, &to(second)).await.unwrap();
    assert_eq!(value(&account), second);
    let imported = links.import("gb/447700900000").await.unwrap().unwrap();
    assert_eq!(
        imported.state.attribute("forward_to_sip"),
        object.as_ref().unwrap().state.attribute("forward_to_sip")
    );
    assert!(links.import("447700900000").await.is_err());
    links.destroy(&object.unwrap()).await.unwrap();
    let number = account.sandbox.number("GB", "447700900000").unwrap();
    assert_eq!(number.get("voiceCallbackValue"), None);
}

#[test]
fn what_one_plan_both_creates_and_destroys_is_told() {
    let session = Arc::default();
    let resources: [(Box<dyn Resource>, &[_]); 3] = [
        (
            Box::new(SipDomain(Arc::clone(&session))),
            &[("name", "office"), ("domain_type", "trunk")],
        ),
        (
            Box::new(SipDomainUser(Arc::clone(&session))),
            &[
                ("domain", "office"),
                ("key", "alice"),
                ("secret", "Wonderland-1"),
            ],
        ),
        (
            Box::new(NumberLink(session)),
            &[
                ("country", "GB"),
                ("msisdn", "447700900000"),
                ("application_id", "c49f3586-9c3c-458b-89fc-3c8beb58865f"),
            ],
        ),
    ];
    for (resource, attributes) in resources {
        let mut object = resource.schema().empty_config();
        for (name, value) in attributes {
            object.set_attribute(name, (*value).into());
        }
        let context = Context::default();
        let plan = PlanRequest {
            prior: Value::Null,
            draft: object.clone(),
            config: object.clone(),
        };
        let created = resource.plan(&context, plan).now_or_never().unwrap();
        created.unwrap();
        let destroyed = resource.plan_destroy(&context, &object).now_or_never();
        let told = destroyed.unwrap().into_iter();
        let told: Vec<_> = told.map(|it| it.summary).collect();
        assert!(told[0].contains("both created and destroyed"), "{told:?}");
    }
}
