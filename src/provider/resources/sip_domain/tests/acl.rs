//! What a plan says of whom an ACL lets in, and what the ACL policy stops.

use futures_util::FutureExt as _;

use super::*;
use crate::provider::acl_policy::{AclPolicy, Limits};

/// What a change of the ACL says of whom it lets in.
fn widened(before: &[&str], after: &[&str]) -> Option<String> {
    let [prior, config] = [before, after].map(|acl| {
        let mut domain = object("acme-1".into(), acl);
        domain.set_attribute("digest_auth", true.into());
        domain
    });
    let warnings = planned(prior, config, Some("nexmo.com")).diagnostics;
    let mut warnings = warnings.into_iter();
    let warning = warnings.next()?;
    assert_eq!(warning.path.to_string(), "acl");
    assert_eq!(warnings.next(), None);
    Some(warning.detail)
}

#[test]
fn an_acl_that_admits_many_more_is_told_with_its_largest_new_prefixes() {
    let told = widened(
        &["190.190.190.0/25", "9.9.9.9"],
        &["190.190.190.0/23", "8.8.8.8", "6.6.6.6", "7.7.0.0/16"],
    );
    assert_eq!(
        told.as_deref(),
        Some(
            "The number of addresses that the ACL of the SIP domain \"acme-1\" admits rises from 129 to 66050. The largest \
             prefixes that come in: 7.7.0.0/16, 190.190.191.0/24, 190.190.190.128/25, and 2 more. Check that your calls come from there: \
             whoever is admitted may place calls at your cost."
        )
    );
}

#[test]
fn an_acl_is_wider_by_more_than_one_network_or_from_nobody() {
    let one = ["190.190.190.190"];
    for (before, after, is_told) in [
        (&one[..], &["190.190.190.190", "9.9.9.0/24"][..], false),
        (&one, &["190.190.190.190", "9.9.9.0/24", "8.8.8.8"], true),
        (&one, &["9.9.9.0/24"], false),
        (&["9.9.0.0/16"], &["8.8.0.0/16"], false),
        (&["9.9.0.0/16"], &["9.9.9.0/24"], false),
        (&["9.9.8.0/24", "9.9.9.0/24"], &["9.9.8.0/23"], false),
        (&[], &one, true),
        (&one, &[], false),
        (&one, &["190.190.190.190", "2a00::/64"], true),
    ] {
        assert_eq!(
            widened(before, after).is_some(),
            is_told,
            "{before:?} {after:?}"
        );
    }
    let created = object("acme-1".into(), &["9.0.0.0/8"]);
    let created = planned(Value::Null, created, Some("nexmo.com"));
    assert!(created.diagnostics.is_empty());
}

#[test]
fn what_is_unknown_may_add_to_what_comes_in() {
    let prior = object("acme-1".into(), &["190.190.190.190"]);
    let mut config = prior.clone();
    config.set_attribute("acl", Value::set([Value::Unknown, "9.9.0.0/16".into()]));
    let plan = planned(prior, config, Some("nexmo.com"));
    let warning = plan.diagnostics.into_iter().next().unwrap();
    assert!(
        warning.detail.contains("from 1 to at least 65536."),
        "{}",
        warning.detail
    );
}

/// A provider whose policy allows one address by the block.
fn with_policy() -> Arc<Session> {
    let session = Session::default();
    session.configure(Configured {
        access: Access::Unknown(Vec::new()),
        sip_base_domain: None,
        acl_policy: Arc::new(AclPolicy {
            block: Limits {
                max_addresses: Some(1),
                ..Limits::default()
            },
            environment: Limits::default(),
        }),
    });
    Arc::new(session)
}

#[test]
fn a_write_that_no_plan_has_judged_is_judged_before_anything_is_sent() {
    let (resource, context) = (SipDomain(with_policy()), Context::default());
    let wide = object("acme-1".into(), &["9.9.9.0/24"]);
    let create = CreateRequest {
        config: wide.clone(),
        planned: wide.clone(),
    };
    let created = resource.create(&context, create).now_or_never().unwrap();
    let prior = Stored {
        state: object("acme-1".into(), &["9.9.9.9"]),
        private: Vec::new(),
    };
    let update = UpdateRequest {
        config: wide.clone(),
        planned: wide,
        prior,
    };
    let updated = resource.update(&context, update).now_or_never().unwrap();
    for outcome in [created, updated] {
        let errors = outcome.unwrap_err();
        assert_eq!(errors.iter().next().unwrap().path.to_string(), "acl");
    }
}

#[test]
fn a_domain_that_stands_is_judged_as_if_it_were_new() {
    for (acl, is_against) in [("9.9.9.0/24", true), ("9.9.9.9", false)] {
        let domain = object("acme-1".into(), &[acl]);
        let told = against_acl_policy(&with_policy(), &domain);
        assert_eq!(told.has_errors(), is_against, "{acl}");
    }
}

#[test]
fn what_the_policy_does_not_admit_stops_the_plan_unless_it_stands() {
    let wide = object("acme-1".into(), &["9.9.9.0/24"]);
    let narrow = object("acme-1".into(), &["9.9.9.9"]);
    for prior in [Value::Null, narrow] {
        assert!(plan(with_policy(), prior, wide.clone()).is_err());
    }
    let stands = plan(with_policy(), wide.clone(), wide.clone()).unwrap();
    assert_eq!(stands.value.attribute("acl"), wide.attribute("acl"));
    assert_eq!(stands.diagnostics.iter().count(), 1);
}
