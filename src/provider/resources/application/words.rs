//! The words that attributes of an application take.

use crate::provider::caseless::caseless;

caseless! {
    /// How a webhook is requested: one of [`HttpMethod::WORDS`], or what the API may come to know.
    HttpMethod;
    /// Where calls are handled: one of [`Region::WORDS`], or what the API may come to know.
    Region;
}

impl HttpMethod {
    pub(super) const WORDS: [&str; 2] = ["GET", "POST"];
}

impl Region {
    pub(super) const WORDS: [&str; 6] = [
        "na-east",
        "na-west",
        "eu-east",
        "eu-west",
        "apac-sng",
        "apac-australia",
    ];
}
