//! What is settled without the API: the provider is not configured here, so whatever asked it would say so.

use super::*;

fn alice(secret: Value, secret_wo: Value) -> Value {
    let mut object = schema::schema().empty_config();
    object.set_attribute("domain", "office".into());
    object.set_attribute("key", "alice".into());
    object.set_attribute("secret", secret);
    object.set_attribute("secret_wo", secret_wo);
    object
}

async fn created(config: Value) -> Outcome<Stored> {
    let mut planned = config.clone();
    planned.set_attribute("secret_wo", Value::Null);
    let request = CreateRequest { config, planned };
    let resource = SipDomainUser(Arc::default());
    resource.create(&Context::default(), request).await
}

async fn updated(prior: Value, config: Value, planned: Value) -> Outcome<Stored> {
    let request = UpdateRequest {
        config,
        planned,
        prior: Stored {
            state: prior,
            private: b"kept".to_vec(),
        },
    };
    let resource = SipDomainUser(Arc::default());
    resource.update(&Context::default(), request).await
}

fn summary(outcome: Outcome<Stored>) -> String {
    let errors = outcome.expect_err("it fails");
    errors.into_iter().next().unwrap().summary
}

#[tokio::test]
async fn nothing_is_sent_where_the_apply_gives_no_secret() {
    let no_secret = "SIP user \"alice\" of domain \"office\" has no secret";
    for config in [
        alice(Value::Null, Value::Null),
        alice(Value::Null, Value::Unknown),
    ] {
        assert_eq!(summary(created(config).await), no_secret);
    }
    let prior = alice("Wonderland-1".into(), Value::Null);
    let mut versioned = alice(Value::Null, Value::Null);
    versioned.set_attribute("secret_wo_version", 1.into());
    let mut config = versioned.clone();
    config.set_attribute("secret_wo", Value::Unknown);
    assert_eq!(summary(updated(prior, config, versioned).await), no_secret);
}

#[test]
fn what_no_longer_has_a_secret_keeps_the_one_it_has() {
    let [prior, without] = [
        alice("Wonderland-1".into(), Value::Null),
        alice(Value::Null, Value::Null),
    ]
    .map(|object| UserModel::from(&object));
    let resource = SipDomainUser(Arc::default());
    let instance = resource.instance(&prior, &[]);
    let secret = secret_to_send(&instance, &prior, &without, &without);
    assert!(secret.unwrap().is_none());
}

#[tokio::test]
async fn a_wrong_secret_that_becomes_known_in_the_apply_is_not_sent() {
    for config in [
        alice("short".into(), Value::Null),
        alice(Value::Null, "short".into()),
    ] {
        assert_eq!(summary(created(config).await), "Invalid secret");
    }
}

#[tokio::test]
async fn a_secret_to_send_needs_the_api() {
    let prior = alice("Wonderland-1".into(), Value::Null);
    let planned = alice("Wonderland-2".into(), Value::Null);
    let outcome = updated(prior, planned.clone(), planned).await;
    assert_eq!(summary(outcome), "The provider is not configured");
}
