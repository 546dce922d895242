//! The private data of an object: when it was last written, and with which API key.
//!
//! The API is replicated: a plan right after an apply may ask a part of it that is behind. Without the time of the last
//! write, it would drop a new object from state, and fail to create it again, or show a change that nobody made. Without
//! the key, credentials of another account would drop every object.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::vonage::numbers::Target;
use crate::vonage::{Settling, Visibility};

/// How long after a write reads may show what was before: the API takes up to some 10 s.
const WINDOW: Duration = Duration::from_secs(10);
/// How long after its creation an object that no read has shown yet, as after Ctrl-C, is waited for.
pub(super) const UNSEEN_WINDOW: Duration = Duration::from_mins(1);

/// It stays in the state as it is until the next write: a plan that only refreshes must not find it changed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct PrivateData {
    /// When the object was written, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    written: Option<u64>,
    /// Whether no read has shown it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unseen: bool,
    /// Of the API key that the object was last written, or imported, with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api_key: Option<Fingerprint>,
    /// Where Terraform sent the calls to a number, or found them going when it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leads_to: Option<String>,
}

impl PrivateData {
    /// What is kept of an object; nothing where it was kept by no release of this provider.
    pub(super) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// Of an object that was written just now.
    pub(super) fn after_write(
        api_key: Option<Fingerprint>,
        visibility: Visibility,
        now: SystemTime,
    ) -> Self {
        let since_epoch = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            written: Some(since_epoch.as_secs()),
            unseen: visibility != Visibility::Confirmed,
            api_key,
            leads_to: None,
        }
    }

    /// The same of a number whose calls Terraform sends there.
    pub(super) fn leading_to(self, target: Option<&Target>) -> Self {
        Self {
            leads_to: target.map(Target::to_string),
            ..self
        }
    }

    pub(super) fn leads_to(&self, target: Option<&Target>) -> bool {
        target.map(Target::to_string) == self.leads_to
    }

    /// The same with the key that the object was written with just now, where no read shows the write.
    pub(super) fn with_key(self, api_key: Option<Fingerprint>) -> Self {
        Self { api_key, ..self }
    }

    pub(super) fn is_of_another_key(&self, present: Fingerprint) -> bool {
        self.api_key.is_some_and(|key| key != present)
    }

    /// How long reads may still show what was before the last write.
    pub(super) fn settling(&self, now: SystemTime) -> Settling {
        let since = |seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let Some(written) = self.written.and_then(since) else {
            return Settling::default();
        };
        // A clock that was set back since makes the wait longer, never longer than the whole window.
        let age = now.duration_since(written).unwrap_or_default();
        let missing = if self.unseen { UNSEEN_WINDOW } else { WINDOW };
        Settling {
            missing: missing.saturating_sub(age),
            different: WINDOW.saturating_sub(age),
        }
    }

    /// The same before a difference counts as somebody else's change, which stops an apply: never less than a whole window,
    /// for another process may have written since.
    pub(super) fn settling_before_write(&self, now: SystemTime) -> Settling {
        Settling {
            different: WINDOW,
            ..self.settling(now)
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Two bytes of a digest of an API key: enough to tell the keys of two accounts apart, and too little to find a key by,
/// since each value fits one key in 65,536.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub(super) struct Fingerprint(u16);

impl Fingerprint {
    pub(super) fn of(api_key: &str) -> Self {
        let [first, second, ..] = Sha256::digest(api_key).0;
        Self(u16::from_be_bytes([first, second]))
    }
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

    fn written(visibility: Visibility) -> PrivateData {
        let data =
            PrivateData::after_write(Some(Fingerprint::of("abcd1234")), visibility, at(1000));
        PrivateData::read(&data.to_bytes())
    }

    #[test]
    fn what_was_written_may_be_shown_as_before_for_ten_seconds() {
        let private = written(Visibility::Confirmed);
        assert_eq!(private.settling(at(1000)), settling(10, 10));
        assert_eq!(private.settling(at(1007)), settling(3, 3));
        assert_eq!(private.settling(at(1010)), settling(0, 0));
        assert_eq!(private.settling(at(999_999)), settling(0, 0));
    }

    #[test]
    fn what_no_read_has_shown_may_be_missing_for_a_minute() {
        let private = written(Visibility::Cancelled);
        assert_eq!(private.settling(at(1000)), settling(60, 10));
        assert_eq!(private.settling(at(1045)), settling(15, 0));
        assert_eq!(private.settling(at(1060)), settling(0, 0));
    }

    #[test]
    fn a_difference_stops_no_apply_before_ten_seconds_of_reads() {
        let private = written(Visibility::Confirmed);
        assert_eq!(private.settling_before_write(at(1007)), settling(3, 10));
        let never = PrivateData::default();
        assert_eq!(never.settling_before_write(at(1007)), settling(0, 10));
    }

    #[test]
    fn what_was_never_written_is_settled() {
        for private in [&b""[..], b"{}", b"[1]", br#"{"written":-1}"#] {
            let private = PrivateData::read(private);
            assert_eq!(private.settling(at(1000)), settling(0, 0));
            assert!(!private.is_of_another_key(Fingerprint::of("abcd1234")));
        }
    }

    #[test]
    fn a_clock_that_jumps_waits_no_longer_than_the_window() {
        let private = written(Visibility::Confirmed);
        assert_eq!(private.settling(at(0)), settling(10, 10));
        let never = PrivateData::read(br#"{"written":18446744073709551615}"#);
        assert_eq!(never.settling(at(1000)), settling(0, 0));
    }

    #[test]
    fn another_key_is_known_and_the_next_write_takes_it() {
        let (one, other) = (Fingerprint::of("abcd1234"), Fingerprint::of("abcd1235"));
        let private = written(Visibility::Confirmed);
        assert!(!private.is_of_another_key(one));
        assert!(private.is_of_another_key(other));
        let private = private.with_key(Some(other));
        assert!(!private.is_of_another_key(other));
        assert_eq!(private.settling(at(1007)), settling(3, 3));
    }

    #[test]
    fn what_an_earlier_release_has_kept_is_read() {
        let private = PrivateData::read(br#"{"written":1000,"unseen":true}"#);
        assert_eq!(private.settling(at(1045)), settling(15, 0));
    }

    #[test]
    fn keys_are_told_apart_and_do_not_show() {
        let fingerprint = Fingerprint::of("abcd1234");
        assert_eq!(fingerprint, Fingerprint::of("abcd1234"));
        assert_ne!(fingerprint, Fingerprint::of("abcd1235"));
        let kept = serde_json::to_string(&fingerprint).unwrap();
        assert!(kept.len() <= 5, "{kept}");
    }
}
