//! What a failure of the API client reads like to a practitioner: what happened, and what to do.

use crate::vonage::{Error, explain};

/// Why a request for a resource failed and what to do about it, in sentences.
pub(super) fn explanation(error: &Error) -> String {
    with_remedy(error, remedy(error))
}

/// The same where something was only looked up, which has no `timeouts`.
pub(super) fn lookup_explanation(error: &Error) -> String {
    let took_too_long = error.is_rate_limited() || matches!(error, Error::OutOfTime { .. });
    let remedy = if took_too_long {
        Some(
            "Run the command again later. Where other programs share the account's limit, lower \
             `max_requests_per_second` of the provider block, too.",
        )
    } else {
        remedy(error)
    };
    with_remedy(error, remedy)
}

fn with_remedy(error: &Error, remedy: Option<&str>) -> String {
    let mut text = explain(error);
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    if let Some(remedy) = remedy {
        text.push_str("\n\n");
        text.push_str(remedy);
    }
    text
}

fn remedy(error: &Error) -> Option<&'static str> {
    if error.is_cancelled() {
        return Some("Run the command again to go on.");
    }
    if error.is_unauthorized() {
        return Some(
            "Check the API key and secret: `api_key` and `api_secret` of the provider block, or VONAGE_API_KEY and \
             VONAGE_API_SECRET, or the Vonage CLI's ~/.vonage/config.json, in this order.",
        );
    }
    if error.is_forbidden() {
        return Some(
            "Check that the account of this API key may use Programmable SIP, and that the object is its own.",
        );
    }
    if error.is_rate_limited() {
        return Some(
            "Other programs share the account's limit. Lower `max_requests_per_second` of the provider block or \
             `-parallelism`, or give the operation more time in `timeouts`.",
        );
    }
    match error {
        Error::OutOfTime { .. } => Some(
            "Give the operation more time in the resource's `timeouts`, or run the command again.",
        ),
        Error::Transport { .. } => Some(
            "Check `base_url` and the network: name service, firewall, and HTTPS_PROXY if there is a proxy.",
        ),
        Error::UnexpectedBody { .. } => {
            Some("Check that `base_url` is the Vonage API, and that no proxy changes its answers.")
        }
        Error::Api { source, .. } if source.status.is_server_error() => {
            Some("The API failed on its own account. Run the command again later.")
        }
        Error::Api { source, .. } if source.status.as_u16() == 404 && !error.is_not_found() => {
            Some(
                "The answer is not the API's own, so nothing was taken for gone. Check `base_url`, and that no proxy \
             answers in the API's place.",
            )
        }
        _ => None,
    }
}
