//! An account of many domains, and the configuration and the state that fit it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::kind::Kind;

pub(crate) const KIND: Kind = Kind {
    type_name: "vonage_sip_domain",
    arguments: &["name", "domain_type", "acl"],
    attributes,
    seed,
};

/// So many domains are one resource of the configuration. Core's own time grows with the square of it.
const BLOCK: usize = 1000;

/// The address that may call in, at first, and after an update.
pub(crate) const FIRST: &str = "190.190.190.190";
pub(crate) const LATER: &str = "190.190.190.191";

pub(crate) fn name(number: usize) -> String {
    format!("domain-{number:05}")
}

/// As the API has it.
pub(crate) fn object(number: usize) -> Value {
    json!({
        "name": name(number), "domain_type": "trunk", "acl": [FIRST], "tls": "optional", "srtp": "optional",
        "digest_auth": false,
    })
}

/// What a sandbox starts with.
pub(crate) fn seed(count: usize) -> Value {
    let domains: Vec<Value> = (0..count).map(object).collect();
    json!({ "domains": domains })
}

pub(crate) fn configuration(count: usize, acl: &str) -> String {
    let mut text = String::new();
    for (block, begin) in (0..count).step_by(BLOCK).enumerate() {
        let size = BLOCK.min(count - begin);
        let _ = write!(
            text,
            "resource \"vonage_sip_domain\" \"block_{block}\" {{\n  count       = {size}\n  \
             name        = format(\"domain-%05d\", count.index + {begin})\n  domain_type = \"trunk\"\n  \
             acl         = [\"{acl}\"]\n}}\n"
        );
    }
    text
}

/// The state after all of them were applied; an apply of thousands only for it would take its time.
pub(crate) fn state(count: usize, registry: &str) -> Value {
    let resource = |(block, begin): (usize, usize)| {
        let size = BLOCK.min(count - begin);
        let instances: Vec<Value> = (0..size).map(|index| instance(index, begin)).collect();
        json!({
            "mode": "managed", "type": "vonage_sip_domain", "name": format!("block_{block}"),
            "provider": format!("provider[\"{registry}/vonage/vonage\"]"), "instances": instances,
        })
    };
    let resources: Vec<Value> = (0..count)
        .step_by(BLOCK)
        .enumerate()
        .map(resource)
        .collect();
    json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "of-a-bench", "outputs": {},
        "check_results": null, "resources": resources,
    })
}

fn instance(index: usize, begin: usize) -> Value {
    json!({
        "index_key": index, "schema_version": 0, "attributes": attributes(begin + index), "sensitive_attributes": [],
        "identity_schema_version": 0, "identity": { "name": name(begin + index) },
    })
}

/// The domain as state has it.
pub(crate) fn attributes(number: usize) -> Value {
    let mut attributes = object(number);
    let name = name(number);
    let host = |region: &str| format!("{name}.sip-{region}.nexmo.com");
    attributes["regional_hosts"] = json!({ "us": host("us"), "eu": host("eu"), "ap": host("ap") });
    attributes["id"] = json!(name);
    attributes["force_destroy"] = json!(false);
    attributes["application_id"] = Value::Null;
    attributes["timeouts"] = Value::Null;
    attributes
}
