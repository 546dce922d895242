//! What the functions on ACLs have in common: whatever is put in, what comes out is an ACL and means the same.

use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::acl_argument::tests::acl;
use super::acl_contains::AclContains;
use super::rewrite_acl::{MERGE_ACL, NORMALIZE_ACL};
use super::sip_uri::SipUri;
use super::*;
use crate::acl::{Acl, Severity};

/// An entry among few addresses, so that lists overlap, touch and repeat themselves.
fn entries() -> impl Strategy<Value = String> {
    let four = (0..64_u32, 26..=32_u32).prop_map(|(low, length)| {
        let unset = 32 - length;
        let address = (0x0808_0800 | low) >> unset << unset;
        format!("{}/{length}", Ipv4Addr::from(address))
    });
    let six = (0..64_u128, 122..=128_u32).prop_map(|(low, length)| {
        let unset = 128 - length;
        let address = ((0x2a00 << 112) | low) >> unset << unset;
        format!("{}/{length}", Ipv6Addr::from(address))
    });
    prop_oneof![3 => four, 1 => six]
}

fn contains_all(list: &Value, entries: &Value) -> bool {
    let contains = |entry: &Value| AclContains.call(&[list.clone(), entry.clone()]);
    let entries = entries.as_elements().unwrap();
    entries
        .iter()
        .all(|entry| contains(entry) == Ok(true.into()))
}

/// Hosts put a full stop after the text, where it has none.
#[test]
fn no_error_ends_in_a_question() {
    let [list] = acl(&["10.1.2.3/24"]);
    let uri = |user: &str, domain: &str, region: &str| [user.into(), domain.into(), region.into()];
    let calls: [(&dyn Function, &[Value]); 6] = [
        (&NORMALIZE_ACL, std::slice::from_ref(&list)),
        (&AclContains, &[list.clone(), "9.9.9.9".into()]),
        (&AclContains, &[acl(&[])[0].clone(), "10.1.2.3/24".into()]),
        (&SipUri, &uri("bob", "yourcompany", "US")),
        (&SipUri, &uri("bob", "YourCompany.sip-us.nexmo.com", "us")),
        (&SipUri, &uri("sip:bob?", "yourcompany", "us")),
    ];
    for (function, arguments) in calls {
        let error = function.call(arguments).unwrap_err();
        assert!(
            error.text.ends_with('.'),
            "{}: {}",
            function.name(),
            error.text
        );
    }
}

proptest! {
    #[test]
    fn what_comes_out_is_an_acl_of_the_same_meaning(list in prop::collection::vec(entries(), 0..20)) {
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        let [list] = acl(&list);
        for function in [&NORMALIZE_ACL as &dyn Function, &MERGE_ACL] {
            let out = function.call(std::slice::from_ref(&list)).unwrap();
            let again = function.call(std::slice::from_ref(&out));
            prop_assert_eq!(again.as_ref(), Ok(&out), "once is enough");
            prop_assert!(contains_all(&out, &list) && contains_all(&list, &out));
            let acl: Acl = out.as_elements().unwrap().iter().filter_map(Value::as_str).collect();
            // With a digest, as without one a list may not be empty.
            let findings = acl.lint(Some(true));
            prop_assert!(findings.iter().all(|finding| finding.severity != Severity::Error));
        }
    }
}
