//! What can be told of a configuration, or of a plan, offline; unknown values are left for later.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use super::model::{Country, LinkModel};
use super::schema::{APPLICATION_ID, COUNTRY, FORWARD_TO_SIP, MSISDN};
use super::sip_uri::SipUri;
use crate::provider::changes::must_be_valid;

/// E.164 allows no more.
const MOST_DIGITS: usize = 15;

/// The link before and after a change, unless that has errors in what it changes.
pub(super) fn valid_change(
    prior: &Value,
    planned: &Value,
) -> Result<(LinkModel, LinkModel), Diagnostics> {
    let (before, after) = (prior.into(), LinkModel::from(planned));
    must_be_valid(after.check(), planned, prior, &[])?;
    Ok((before, after))
}

/// Why a country and a number are none, for a sentence that begins with them.
pub(super) fn wrong_number(country: &str, msisdn: &str) -> Option<&'static str> {
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return Some("does not begin with a country of two letters");
    }
    let is_right = (1..=MOST_DIGITS).contains(&msisdn.len())
        && msisdn.bytes().all(|digit| digit.is_ascii_digit());
    (!is_right).then_some("has no number of 1 to 15 digits without `+`")
}

impl LinkModel {
    /// Every problem at once.
    pub(super) fn check(&self) -> Diagnostics {
        [
            Some(self.check_number()),
            self.application_id
                .as_known()
                .map(|id| id.check(APPLICATION_ID)),
            self.forward_to_sip.as_known().map(|uris| check_uris(uris)),
            Some(self.check_target()),
            Some(self.timeouts.check()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What is wrong with the number itself.
    pub(in crate::provider) fn check_number(&self) -> Diagnostics {
        [
            self.country.as_known().map(Country::check),
            self.msisdn.as_known().map(|msisdn| check_msisdn(msisdn)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn check_target(&self) -> Diagnostics {
        match (&self.application_id, &self.forward_to_sip) {
            (Field::Null, Field::Null) => Diagnostics::from_error(
                "Missing argument",
                "Say where the calls to the number go: set `application_id` or `forward_to_sip`.",
            ),
            (Field::Known(_), Field::Known(_)) => Diagnostics::error_at(
                AttributePath::root(FORWARD_TO_SIP),
                "Two targets for one number",
                "Calls go to an application or to SIP URIs. Remove `application_id` or `forward_to_sip`.",
            ),
            _ => Diagnostics::new(),
        }
    }
}

impl Country {
    pub(in crate::provider) fn check(&self) -> Diagnostics {
        if self.as_str().len() == 2 && self.as_str().bytes().all(|it| it.is_ascii_alphabetic()) {
            return Diagnostics::new();
        }
        let shown: String = self.as_str().chars().take(60).collect();
        Diagnostics::error_at(
            AttributePath::root(COUNTRY),
            "Invalid country",
            format!("{shown:?} is not two letters of ISO 3166-1, such as \"GB\"."),
        )
    }
}

fn check_msisdn(msisdn: &str) -> Diagnostics {
    if wrong_number("GB", msisdn).is_none() {
        return Diagnostics::new();
    }
    let digits: String = msisdn.chars().filter(char::is_ascii_digit).collect();
    let hint = if (1..=MOST_DIGITS).contains(&digits.len()) {
        format!(" Did you mean \"{digits}\"?")
    } else {
        String::new()
    };
    let shown: String = msisdn.chars().take(60).collect();
    Diagnostics::error_at(
        AttributePath::root(MSISDN),
        "Invalid msisdn",
        format!(
            "{shown:?} is not 1 to 15 digits: the number in E.164, without `+` and blanks.{hint}"
        ),
    )
}

fn check_uris(uris: &[Field<SipUri>]) -> Diagnostics {
    let path = || AttributePath::root(FORWARD_TO_SIP);
    if uris.is_empty() {
        return Diagnostics::error_at(
            path(),
            "Empty forward_to_sip",
            "Give at least one SIP URI, or link the number by `application_id`.",
        );
    }
    let problem = |(index, uri): (usize, &Field<SipUri>)| {
        let problem = match uri {
            Field::Unknown => return None,
            Field::Null => "An element is null. Leave it out, or give a SIP URI.".to_owned(),
            Field::Known(uri) => format!(
                "{:?} {}. It should look like \"sip:14155550100@pbx.example.com;transport=tls\".",
                uri.shown(),
                uri.problem()?
            ),
        };
        let path = path().index(index);
        Some(Diagnostics::error_at(path, "Invalid SIP URI", problem))
    };
    uris.iter().enumerate().filter_map(problem).collect()
}

#[cfg(test)]
mod tests;
