//! The switches for what the API takes in the body of a write.

use super::choice::choices;

choices! {
    /// What upper case in names means.
    NameCase {
        /// Two names that differ in it are two names.
        Keep,
        /// Names are shown as they were made, and found in any case.
        Ignore,
        /// Names are stored in lower case, and found in any case.
        Fold,
        /// It is refused with 422.
        Reject,
    }

    /// Whether a name may begin or end with a dash, which no host name may.
    NameDash {
        /// It may.
        Accept,
        /// It is refused with 422.
        Reject,
    }

    /// When an `acl` may be empty.
    AclEmpty {
        /// Where `digest_auth` is true.
        WithDigest,
        /// Never.
        Reject,
        /// Always.
        Accept,
    }

    /// Whether IPv6 entries in `acl` are taken.
    AclIpv6 {
        /// Taken and echoed like any other.
        Accept,
        /// Refused with 422.
        Reject,
    }

    /// What becomes of bits outside a prefix, as in `10.1.2.3/24`.
    AclHostBits {
        /// They stay.
        Keep,
        /// They are cleared.
        Clear,
        /// They are refused with 422.
        Reject,
    }

    /// What becomes of entries that mean the same.
    AclDuplicates {
        /// They stay.
        Keep,
        /// Only the first one is stored.
        Drop,
        /// They are refused with 422.
        Reject,
    }

    /// Whether private and loopback addresses are taken.
    AclPrivate {
        /// Like any other.
        Accept,
        /// Refused with 422.
        Reject,
    }

    /// Whether a domain of the type `trunk` has an application.
    TrunkApplication {
        /// It may.
        Optional,
        /// It must, else 422.
        Required,
        /// It must not, else 422.
        Rejected,
    }

    /// What becomes of `trunk_name`, which no document knows.
    TrunkName {
        /// It is an ordinary field.
        Keep,
        /// It is dropped.
        Drop,
        /// A trunk without one gets one.
        Invent,
    }

    /// Whether an application must exist. The sandbox has none, so that none does.
    ApplicationCheck {
        /// It need not.
        None,
        /// 400 where it does not.
        #[value(name = "400")]
        #[serde(rename = "400")]
        BadRequest,
        /// 404 where it does not.
        #[value(name = "404")]
        #[serde(rename = "404")]
        NotFound,
        /// 422 where it does not.
        #[value(name = "422")]
        #[serde(rename = "422")]
        Unprocessable,
    }

    /// Whether `srtp` asks for `tls`.
    TlsSrtp {
        /// Each is free.
        Free,
        /// `srtp = always` needs `tls = always`, else 422.
        Tied,
    }
}
