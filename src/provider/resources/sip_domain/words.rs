//! The words that attributes of a domain take.

use crate::provider::caseless::caseless;

caseless! {
    /// Whether signalling or media is encrypted: one of [`Encryption::WORDS`], or what the API may come to know.
    Encryption;
    /// What calls to a domain reach: one of [`DomainType::WORDS`], or what the API may come to know.
    DomainType;
}

impl Encryption {
    pub(super) const WORDS: [&str; 3] = [Self::ALWAYS, Self::NEVER, Self::DEFAULT];
    pub(super) const ALWAYS: &str = "always";
    pub(super) const NEVER: &str = "never";
    /// What the API takes for one that it does not name.
    pub(super) const DEFAULT: &str = "optional";
}

impl DomainType {
    pub(in crate::provider) const WORDS: [&str; 2] = ["app", "trunk"];
    pub(super) const DEFAULT: &str = "app";
}
