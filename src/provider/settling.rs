//! Remembers, in private data, when an object was last written, because reads may show for a while what was before.
//!
//! The API is replicated: a plan right after an apply may ask a part of it that is behind. Without this memory it would
//! drop a new object from state, and fail to create it again, or show a change that nobody made.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::vonage::psip::{Settling, Visibility};

/// How long after a write reads may show what was before: the API takes up to some 10 s.
const WINDOW: Duration = Duration::from_secs(10);
/// How long after its creation an object that no read has shown yet, as after Ctrl-C, is waited for.
const UNSEEN_WINDOW: Duration = Duration::from_mins(1);

/// It stays in the state as it is until the next write: a plan that only refreshes must not find it changed.
#[derive(Debug, Serialize, Deserialize)]
struct Private {
    /// When the object was written, in seconds since 1970.
    written: u64,
    /// Whether no read has shown it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unseen: bool,
}

/// The private data of an object that was written just now.
pub(super) fn after_write(visibility: Visibility, now: SystemTime) -> Vec<u8> {
    let since_epoch = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let private = Private {
        written: since_epoch.as_secs(),
        unseen: visibility != Visibility::Confirmed,
    };
    serde_json::to_vec(&private).unwrap_or_default()
}

/// How long reads may still show what was before the last write.
pub(super) fn left(private: &[u8], now: SystemTime) -> Settling {
    serde_json::from_slice(private)
        .ok()
        .and_then(|private| left_of(&private, now))
        .unwrap_or_default()
}

fn left_of(private: &Private, now: SystemTime) -> Option<Settling> {
    let written = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(private.written))?;
    // A clock that was set back since makes the wait longer, never longer than the whole window.
    let age = now.duration_since(written).unwrap_or_default();
    let missing = if private.unseen {
        UNSEEN_WINDOW
    } else {
        WINDOW
    };
    Some(Settling {
        missing: missing.saturating_sub(age),
        different: WINDOW.saturating_sub(age),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn settling(missing: u32, different: u32) -> Settling {
        Settling {
            missing: SECOND * missing,
            different: SECOND * different,
        }
    }

    #[test]
    fn what_was_written_may_be_shown_as_before_for_ten_seconds() {
        let private = after_write(Visibility::Confirmed, at(1000));
        assert_eq!(left(&private, at(1000)), settling(10, 10));
        assert_eq!(left(&private, at(1007)), settling(3, 3));
        assert_eq!(left(&private, at(1010)), settling(0, 0));
        assert_eq!(left(&private, at(999_999)), settling(0, 0));
    }

    #[test]
    fn what_no_read_has_shown_may_be_missing_for_a_minute() {
        let private = after_write(Visibility::Cancelled, at(1000));
        assert_eq!(left(&private, at(1000)), settling(60, 10));
        assert_eq!(left(&private, at(1045)), settling(15, 0));
        assert_eq!(left(&private, at(1060)), settling(0, 0));
    }

    #[test]
    fn what_was_never_written_is_settled() {
        for private in [&b""[..], b"{}", b"[1]", br#"{"written":-1}"#] {
            assert_eq!(left(private, at(1000)), settling(0, 0));
        }
    }

    #[test]
    fn a_clock_that_jumps_waits_no_longer_than_the_window() {
        let private = after_write(Visibility::Confirmed, at(1000));
        assert_eq!(left(&private, at(0)), settling(10, 10));
        let never = br#"{"written":18446744073709551615}"#;
        assert_eq!(left(never, at(1000)), settling(0, 0));
    }
}
