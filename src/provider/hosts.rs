//! The hosts under which a SIP domain answers (Programmable SIP guide, Domain Based Routing).

use tfplugin::value::Value;

/// The regions in which every domain answers.
pub(super) const REGIONS: [&str; 3] = ["us", "eu", "ap"];

/// The host of a domain in a region.
pub(super) fn host(name: &str, region: &str, base_domain: &str) -> String {
    format!("{name}.sip-{region}.{base_domain}")
}

/// The host of a domain in each region.
pub(super) fn regional(name: &str, base_domain: &str) -> Value {
    let host = |region: &str| (region.to_owned(), host(name, region, base_domain).into());
    Value::Map(REGIONS.into_iter().map(host).collect())
}
