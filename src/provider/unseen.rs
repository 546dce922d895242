//! Remembers, in private data, an object that was created and that no read has shown yet.
//!
//! An interrupted apply does not wait until the API shows what it has made. Without this memory, a plan right after it
//! would find the object missing, drop it from state, and fail to create it again.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::vonage::psip::Visibility;

/// How long after its creation an object that does not show is waited for: the API takes some 10 s.
const WINDOW: Duration = Duration::from_mins(1);

#[derive(Debug, Serialize, Deserialize)]
struct Private {
    /// When the object was created, in seconds since 1970.
    unseen_since: u64,
}

/// The private data of a new object; empty where reads have shown it.
pub(super) fn after_create(visibility: Visibility, now: SystemTime) -> Vec<u8> {
    if visibility == Visibility::Confirmed {
        return Vec::new();
    }
    let since_epoch = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let private = Private {
        unseen_since: since_epoch.as_secs(),
    };
    serde_json::to_vec(&private).unwrap_or_default()
}

/// How long the object should still be waited for; `None` where its absence can be believed.
pub(super) fn time_left(private: &[u8], now: SystemTime) -> Option<Duration> {
    let private: Private = serde_json::from_slice(private).ok()?;
    let created = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(private.unseen_since))?;
    // A clock that was set back since makes the wait longer, never longer than the whole window.
    let age = now.duration_since(created).unwrap_or_default();
    WINDOW.checked_sub(age).filter(|left| !left.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn what_was_seen_leaves_nothing_to_remember() {
        assert_eq!(
            after_create(Visibility::Confirmed, at(1000)),
            Vec::<u8>::new()
        );
        assert_eq!(time_left(b"", at(1000)), None);
    }

    #[test]
    fn one_that_was_not_is_waited_for_within_the_window() {
        let private = after_create(Visibility::Cancelled, at(1000));
        assert_eq!(time_left(&private, at(1000)), Some(WINDOW));
        assert_eq!(time_left(&private, at(1045)), Some(Duration::from_secs(15)));
        assert_eq!(time_left(&private, at(1060)), None);
        assert_eq!(time_left(&private, at(999_999)), None);
    }

    #[test]
    fn a_clock_that_jumps_waits_no_longer_than_the_window() {
        let private = after_create(Visibility::Cancelled, at(1000));
        assert_eq!(time_left(&private, at(0)), Some(WINDOW));
        assert_eq!(
            time_left(br#"{"unseen_since":18446744073709551615}"#, at(1000)),
            None
        );
    }
}
