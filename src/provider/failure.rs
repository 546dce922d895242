//! What a failure of the API client reads like to a practitioner: what happened, and what to do.

use std::time::Duration;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::private_data::UNSEEN_WINDOW;
use crate::causes::explain;
use crate::vonage::Visibility;
use crate::vonage::{Error, TransportError};

/// A read that takes longer than this is explained.
const NOTICED: Duration = Duration::from_secs(5);

/// Where an API key comes from.
pub(super) const KEY_SOURCES: &str = "`api_key` of the provider block, or VONAGE_API_KEY, or the Vonage CLI's ~/.vonage/config.json, in \
this order";

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

/// The same of a request to write, with what users run into most where the API refused it by one of these statuses.
pub(super) fn refusal(error: &Error, statuses: &[u16], advice: &str) -> String {
    let text = explanation(error);
    match error.api().map(|answer| answer.status.as_u16()) {
        Some(status) if statuses.contains(&status) => format!("{text}\n\n{advice}"),
        _ => text,
    }
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

/// What there is to say where a write is not visible to reads yet.
pub(super) fn visibility(subject: &str, done: &str, visibility: Visibility) -> Diagnostics {
    let wait = match visibility {
        Visibility::Confirmed => return Diagnostics::new(),
        Visibility::NotYet { waited } => {
            format!("it was not visible to any read for {} s", waited.as_secs())
        }
        Visibility::Cancelled => "the wait for a read that shows it was interrupted".to_owned(),
    };
    Diagnostics::warning_at(
        AttributePath::default(),
        format!("{subject} was {done}, but is not visible to reads yet"),
        format!(
            "The API accepted the request, but {wait}. The state has what was sent. A plan within the next minute waits for up \
             to {} s until reads show it.",
            UNSEEN_WINDOW.as_secs()
        ),
    )
}

/// Says what a read has waited for, where it took long enough to be noticed.
pub(super) fn waited(subject: &str, waited: Duration) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if waited >= NOTICED {
        diagnostics.warning(
            AttributePath::default(),
            format!("{subject} was read for {} s", waited.as_secs()),
            "It was written a short time ago, and the API may show for a while what was there before. So the read was repeated \
             until the API showed what was written, or had had enough time to do so.",
        );
    }
    diagnostics
}

fn remedy(error: &Error) -> Option<&'static str> {
    let remedy = match error {
        _ if error.is_cancelled() => "Run the command again to go on.",
        _ if error.is_unauthorized() => {
            "Check the API key and secret: `api_key` and `api_secret` of the provider block, or VONAGE_API_KEY and \
             VONAGE_API_SECRET, or the Vonage CLI's ~/.vonage/config.json, in this order."
        }
        _ if error.is_forbidden() => {
            "Check that the account of this API key may use this API, and that the object is its own."
        }
        _ if error.is_rate_limited() => {
            "Other programs share the account's limit. Lower `max_requests_per_second` of the provider block or \
             `-parallelism`, or give the operation more time in `timeouts`."
        }
        Error::OutOfTime { .. } => {
            "Give the operation more time in the resource's `timeouts`, or run the command again."
        }
        // These say themselves what to do.
        Error::Transport {
            source: TransportError::Setup { .. } | TransportError::PlainHttp { .. },
            ..
        } => return None,
        Error::Transport { .. } => {
            "Check `base_url` and the network: name service, firewall, and HTTPS_PROXY if there is a proxy."
        }
        Error::UnexpectedBody { .. } => {
            "Check that `base_url` is the Vonage API, and that no proxy changes its answers."
        }
        Error::Api { source, .. } if source.status.is_server_error() => {
            "This is an error on Vonage's side. Run the command again later."
        }
        Error::Api { source, .. } if source.status.as_u16() == 404 && !error.is_not_found() => {
            "The answer does not come from the API, so the object was not taken for deleted. Check `base_url`, and that no \
             proxy answers in the API's place."
        }
        _ => return None,
    };
    Some(remedy)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// That of a request which was answered with this status, and why.
    pub(in crate::provider) fn answered(status: u16) -> Error {
        Error::of_answer(status, r#"{"title":"Why"}"#)
    }

    /// Fails unless this is one message with this summary, whose text has these words.
    #[track_caller]
    pub(in crate::provider) fn assert_told(told: Diagnostics, summary: &str, words: &[&str]) {
        let (found, detail) = only(told);
        assert_eq!(found, summary);
        for words in words {
            assert!(detail.contains(words), "{words}: {detail}");
        }
    }

    #[track_caller]
    fn only(diagnostics: Diagnostics) -> (String, String) {
        let mut all = diagnostics.into_iter();
        let one = all.next().unwrap();
        assert!(all.next().is_none());
        (one.summary, one.detail)
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_wait_that_is_noticed_says_what_it_was_for() {
        assert!(waited("It", 4 * SECOND).is_empty());
        let (summary, detail) = only(waited("It", 58 * SECOND));
        assert_eq!(summary, "It was read for 58 s");
        assert!(detail.contains("was written a short time ago"), "{detail}");
    }

    #[test]
    fn a_write_that_never_showed_says_how_long_the_next_plan_may_wait() {
        assert!(visibility("It", "created", Visibility::Confirmed).is_empty());
        let waited = 60 * SECOND;
        for seen in [Visibility::NotYet { waited }, Visibility::Cancelled] {
            let (summary, detail) = only(visibility("It", "created", seen));
            assert_eq!(summary, "It was created, but is not visible to reads yet");
            assert!(detail.contains("waits for up to 60 s"), "{detail}");
        }
    }
}
