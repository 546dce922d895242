//! The hosts under which a SIP domain answers (Programmable SIP guide, Domain Based Routing).

/// The regions in which every domain answers.
pub(super) const REGIONS: [&str; 3] = ["us", "eu", "ap"];

/// The host of a domain in a region.
pub(super) fn host(name: &str, region: &str, base_domain: &str) -> String {
    format!("{name}.sip-{region}.{base_domain}")
}
