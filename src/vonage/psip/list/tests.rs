//! How much memory a list takes, whatever is in it. How it is read, `read` and `pages` test.

use allocation_counter::measure;
use bytes::Bytes;
use tokio::time::Instant;

use super::*;
use crate::vonage::http::list_cache::Snapshot;
use crate::vonage::http::pages::{self, Distinct};
use crate::vonage::http::request::LIST_LIMIT;
use crate::vonage::psip::users::User;

/// The largest list that is read, of rows like this one, each with a number in place of the `#`.
fn list_of(row: &str) -> Bytes {
    let mut text = String::with_capacity(LIST_LIMIT);
    for number in 1_000_000.. {
        let row = row.replace('#', &number.to_string());
        if text.len() + row.len() + 2 > LIST_LIMIT {
            break;
        }
        text.push(if text.is_empty() { '[' } else { ',' });
        text.push_str(&row);
    }
    text.push(']');
    text.into()
}

/// A domain as the API shows it.
fn domain(addresses: usize, more: &str) -> String {
    let acl = vec!["\"203.0.113.128/28\""; addresses].join(",");
    format!(
        r#"{{"name":"domain-#","application_id":"9a7d1a6e-3f0b-4c52-8a44-0e3b6f1f9a11","acl":[{acl}],"tls":"optional","srtp":"optional","digest_auth":true,"domain_type":"app"{more}}}"#
    )
}

#[test]
fn the_largest_list_takes_no_more_than_four_times_its_length() {
    for row in [
        domain(16, ""),
        domain(
            1,
            r#","more":[[0],[0],[0],[0],[0],[0],[0],[0],{"a":{"b":[{}]}}]"#,
        ),
        r#"{"name":"d#","key":"d#"}"#.to_owned(),
        format!(
            r#"{{"name":"d#","acl":[{}0],"key":"d#"}}"#,
            "[0],".repeat(4_000_000)
        ),
        format!(
            r#"{{"name":"d#","x":{}1{},"key":"d#"}}"#,
            "[".repeat(7_000_000),
            "]".repeat(7_000_000)
        ),
    ] {
        let body = list_of(&row);
        let shown: String = row.chars().take(60).collect();
        let text = std::str::from_utf8(&body).unwrap();
        let most = 3 * body.len() as u64;
        let used = measure(|| {
            let mut domains = Distinct::new(with_name);
            let read = pages::parse(text).and_then(|page| page.each_row(|row| domains.take(row)));
            drop((read, domains));
        });
        assert!(used.bytes_max < most, "domains, {shown}: {used:?}");
        let used = measure(|| {
            let mut users = Distinct::new(|row: &RawValue| {
                let listed = User::from_row(row, "office")?;
                Ok((listed.key.clone(), listed))
            });
            let read = pages::parse(text).and_then(|page| page.each_row(|row| users.take(row)));
            drop((read, users));
        });
        assert!(used.bytes_max < most, "users, {shown}: {used:?}");
        let used = measure(|| {
            let mut rows = Snapshot::new(Instant::now());
            let read =
                pages::parse(text).and_then(|page| page.each_row(|row| rows.add(row, "name")));
            drop((read, rows));
        });
        assert!(used.bytes_max < most, "a snapshot, {shown}: {used:?}");
    }
}
