//! The host of `tfplugin::testing` with the built provider: a domain's life in values.

use tfplugin::testing::{Action, Error, Host};
use tfplugin::value::Value;
use vonage_sandbox::Options;

const BINARY: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");

#[tokio::test]
async fn a_resource_lives_and_ends_by_calls_in_values() {
    let options = Options::default();
    let sandbox = vonage_sandbox::start(options.clone()).await.unwrap();
    let variables = [
        ("VONAGE_BASE_URL", sandbox.url()),
        ("VONAGE_API_KEY", options.api_key),
        ("VONAGE_API_SECRET", options.api_secret),
    ];
    let host = Host::start(BINARY, variables).await.unwrap();
    host.configure(&[]).await.unwrap();
    let domains = host.resource("vonage_sip_domain").unwrap();
    let config = |srtp: &str| {
        domains.config(&[
            ("name", "yourcompany".into()),
            ("acl", Value::string_set(["190.190.190.190"])),
            ("domain_type", "trunk".into()),
            ("srtp", srtp.into()),
        ])
    };
    let mut object = None;
    for (srtp, action) in [("never", Action::Create), ("always", Action::Update)] {
        let config = config(srtp).unwrap();
        domains.validate(&config).await.unwrap();
        let planned = domains.plan(object.as_ref(), &config).await.unwrap().value;
        assert_eq!(planned.action, action);
        let applied = domains.apply(object.as_ref(), &config, &planned).await;
        object = applied.unwrap().value;
        let state = &object.as_ref().unwrap().state;
        assert_eq!(state.attribute("srtp"), &srtp.into());
        let next = domains.plan(object.as_ref(), &config).await.unwrap().value;
        assert_eq!(next.action, Action::Nothing);
    }
    let planned = domains.plan(object.as_ref(), &Value::Null).await.unwrap();
    assert_eq!(planned.value.action, Action::Delete);
    let (prior, planned) = (object.as_ref(), planned.value);
    let left = domains.apply(prior, &Value::Null, &planned).await.unwrap();
    assert_eq!(left.value, None);
    let ended = host.shut_down().await.unwrap();
    assert!(ended.status.success(), "{ended:?}");
    sandbox.stop().await;
}

#[tokio::test]
async fn what_goes_wrong_is_an_error_that_says_it() {
    let no_variables = [("", ""); 0];
    let missing = Host::start("/does/not/exist", no_variables).await;
    assert!(matches!(missing, Err(Error::Process(_))), "{missing:?}");
    let of_another_kind = Host::start("/bin/echo", no_variables).await;
    assert!(matches!(of_another_kind, Err(Error::Handshake(line)) if line == r#""\n""#));
    let silent = Host::start("/bin/true", no_variables).await;
    assert!(matches!(silent, Err(Error::Handshake(_))), "{silent:?}");
    let host = Host::start(BINARY, [("VONAGE_BASE_URL", "nowhere")]).await;
    let refused = host.unwrap().configure(&[]).await;
    let Err(Error::Refused(diagnostics)) = refused else {
        panic!("{refused:?}")
    };
    assert!(diagnostics.has_errors());
}
