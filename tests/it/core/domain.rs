//! The built provider with random SIP domains on a sandbox: whatever is configured, core accepts what becomes of it.

use proptest::collection::btree_set;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use tfplugin::testing::{Action, Client, Connection, Core, Object};
use tfplugin::value::Value;
use vonage_sandbox::Options;

use super::random::Choices;
use crate::host::{Plugin, Start};

/// Objects that are tried, each with three configurations in turn.
const CASES: u32 = 300;

const DOMAIN: &str = "vonage_sip_domain";

/// Configurations in every spelling, most of them right.
fn configs() -> impl Strategy<Value = Value> {
    let text = |choices: &'static [&'static str]| {
        option::of(select(choices)).prop_map(|text| Value::from(text.map(Value::from)))
    };
    let truth = || option::of(any::<bool>()).prop_map(Value::from);
    let entries = btree_set(select(ENTRIES), 0..4).prop_map(Value::string_set);
    let timeouts = (text(&["2m", "90s"]), text(&["1m"])).prop_map(|(create, delete)| {
        let absent = [("read", Value::Null), ("update", Value::Null)];
        Value::object(
            [("create", create), ("delete", delete)]
                .into_iter()
                .chain(absent),
        )
    });
    let timeouts = option::of(timeouts).prop_map(Value::from);
    let members = (
        select(&["alpha-1", "Alpha-1", "beta-22"][..]),
        entries,
        text(APPLICATIONS),
        text(&["app", "trunk"]),
        text(ENCRYPTION),
        text(ENCRYPTION),
        truth(),
        truth(),
        timeouts,
    );
    members.prop_map(
        |(name, acl, application_id, domain_type, tls, srtp, digest, force, timeouts)| {
            Value::object([
                ("name", name.into()),
                ("acl", acl),
                ("application_id", application_id),
                ("domain_type", domain_type),
                ("tls", tls),
                ("srtp", srtp),
                ("digest_auth", digest),
                ("force_destroy", force),
                ("timeouts", timeouts),
                ("id", Value::Null),
                ("regional_hosts", Value::Null),
            ])
        },
    )
}

/// Two of them are the same, one lies in another, one is refused.
const ENTRIES: &[&str] = &[
    "190.190.190.190",
    "190.190.190.190/32",
    "190.190.190.0/24",
    "9.9.9.9",
    "2600:1f18::/32",
    "10.1.2.3/24",
];

const APPLICATIONS: &[&str] = &[
    "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20",
    "0F9A1C52-6F7E-4F4E-9C37-5D7A3C1F8E20",
    "c49f3586-9c3c-458b-89fc-3c8beb58865f",
];

const ENCRYPTION: &[&str] = &["always", "never", "optional"];

/// A configuration while some of it is not known yet.
fn obscure(config: &Value, choices: &mut Choices) -> Value {
    let mut preview = config.clone();
    let computed = ["id", "regional_hosts", "timeouts"];
    for name in config.as_entries().unwrap().keys() {
        if !computed.contains(&name.as_str()) && choices.one_in(6) {
            preview.set_attribute(name, Value::Unknown);
        }
    }
    preview
}

/// The provider, configured for a sandbox of its own.
async fn provider(sandbox: &vonage_sandbox::Sandbox) -> (Plugin, Core<Connection>) {
    let options = Options::default();
    let plugin = Start::as_terraform()
        .with("VONAGE_BASE_URL", &sandbox.url())
        .with("VONAGE_API_KEY", &options.api_key)
        .with("VONAGE_API_SECRET", &options.api_secret)
        .with("VONAGE_MAX_REQUESTS_PER_SECOND", "1000")
        .run()
        .await;
    let client = Client::new(plugin.connect().await).await.unwrap();
    client.configure(&[]).await.unwrap();
    let core = Core::of(&client, DOMAIN);
    (plugin, core)
}

/// Applies one configuration after the other; how many were accepted.
async fn live(core: &Core<Connection>, configs: &[Value], seed: u64) -> usize {
    let mut choices = Choices::new(seed);
    let mut object = None;
    let mut accepted = 0;
    for config in configs {
        let preview = obscure(config, &mut choices);
        match core.apply(&mut object, &preview, config).await {
            Ok(()) => accepted += 1,
            Err(refused) => assert!(!refused.is_empty()),
        }
    }
    if let Some(object) = object {
        imported_is_the_same(core, &object).await;
        core.destroy(&object).await.unwrap();
    }
    accepted
}

/// An import finds what state has, and neither the API's spelling nor another one is a change.
async fn imported_is_the_same(core: &Core<Connection>, object: &Object) {
    let name = object.state.attribute("name").as_str().unwrap();
    let imported = core.import(name).await.unwrap().expect("it is there");
    assert_eq!(imported.identity, object.identity);
    let mut config = imported.state.clone();
    for computed in ["id", "regional_hosts"] {
        config.set_attribute(computed, Value::Null);
    }
    let spellings = [config.clone(), respelled(&config)];
    for config in spellings {
        let plan = core.plan(Some(&imported), &config).await.unwrap();
        assert_eq!(plan.action, Action::Nothing, "{config:?}");
    }
}

/// The same in other words.
fn respelled(config: &Value) -> Value {
    let mut other = config.clone();
    for name in ["name", "application_id"] {
        let text = config.attribute(name).as_str();
        let text = text.map(|text| text.to_ascii_uppercase().into());
        other.set_attribute(name, text.unwrap_or(Value::Null));
    }
    let entries = config.attribute("acl").as_elements().unwrap();
    let entries = entries.iter().map(|entry| {
        let entry = entry.as_str().unwrap();
        match entry.strip_suffix("/32") {
            Some(bare) if !bare.contains(':') => bare.to_owned(),
            None if !entry.contains('/') => format!("{entry}/32"),
            _ => entry.to_owned(),
        }
    });
    other.set_attribute("acl", Value::string_set(entries));
    other
}

#[test]
fn core_accepts_every_domain() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let sandbox = runtime
        .block_on(vonage_sandbox::start(Options::default()))
        .unwrap();
    let (plugin, core) = runtime.block_on(provider(&sandbox));
    let accepted = std::cell::Cell::new(0);
    let cases = (proptest::collection::vec(configs(), 3), any::<u64>());
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..Config::default()
    });
    let outcome = runner.run(&cases, |(configs, seed)| {
        accepted.set(accepted.get() + runtime.block_on(live(&core, &configs, seed)));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(
        accepted.get() > CASES as usize / 2,
        "hardly anything is accepted"
    );
    assert!(runtime.block_on(plugin.shut_down()).status.success());
    runtime.block_on(sandbox.stop());
}
