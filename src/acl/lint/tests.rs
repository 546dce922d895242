//! Each finding by its text, and that findings neither pile up nor get lost.

use proptest::prelude::*;

use super::super::strategies;
use super::*;

/// Lints the texts of a list; `None` is one that is not known yet. The list is leaked, for findings point into it.
fn lint<'a>(entries: &[Option<&'a str>], digest_auth: Option<bool>) -> Vec<Finding<'a>> {
    let element = |text: Option<&str>| text.map_or(Element::Unknown, Element::read);
    let acl = Acl::new(entries.iter().copied().map(element).collect());
    Box::leak(Box::new(acl)).lint(digest_auth)
}

/// Lints a list that is all known, with digest authentication off.
fn findings<'a>(entries: &[&'a str]) -> Vec<Finding<'a>> {
    let entries: Vec<Option<&'a str>> = entries.iter().copied().map(Some).collect();
    lint(&entries, Some(false))
}

/// Severity, entry and summary of each finding, which is what a list of several is judged by.
fn outline<'a>(findings: &[Finding<'a>]) -> Vec<(Severity, Option<&'a str>, &'a str)> {
    findings
        .iter()
        .map(|finding| (finding.severity, finding.entry, finding.summary))
        .collect()
}

fn only<'a>(entries: &[&'a str]) -> Finding<'a> {
    let mut findings = findings(entries);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

#[test]
fn a_plain_list_has_no_findings() {
    assert_eq!(
        findings(&["180.180.180.180/30", "190.190.190.190", "8.0.0.0/8"]),
        []
    );
}

#[test]
fn an_invalid_entry_is_an_error_at_that_entry() {
    assert_eq!(
        only(&["8.8.8.8", "10.1.2.3/24"]),
        Finding {
            severity: Severity::Error,
            entry: Some("10.1.2.3/24"),
            summary: "Invalid ACL entry",
            detail: r#""10.1.2.3/24" is not a valid ACL entry: bits are set outside its prefix of 24 bits; write "10.1.2.0/24", or "10.1.2.3" for the single address."#.to_owned(),
        }
    );
}

#[test]
fn a_very_long_entry_is_pointed_at_whole_and_quoted_short() {
    let long = "9".repeat(10_000);
    let finding = only(&[&long]);
    assert_eq!(finding.entry, Some(&*long));
    assert!(finding.detail.len() < 300, "{}", finding.detail);
}

#[test]
fn two_entries_that_mean_the_same_are_an_error_at_the_second() {
    let finding = only(&["8.8.8.8", "9.9.9.9", "8.8.8.8/32"]);
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(finding.entry, Some("8.8.8.8/32"));
    assert_eq!(finding.summary, "Duplicate ACL entries");
    assert_eq!(
        finding.detail,
        r#""8.8.8.8/32" means the same as "8.8.8.8". Remove one of them."#
    );
}

#[test]
fn the_very_same_text_twice_is_an_error_too() {
    let finding = only(&["8.8.8.8", "8.8.8.8"]);
    assert_eq!(finding.summary, "Duplicate ACL entries");
    assert_eq!(
        finding.detail,
        r#""8.8.8.8" is listed more than once. Keep it once."#
    );
}

#[test]
fn an_empty_list_is_an_error_while_digest_auth_is_false() {
    let found = lint(&[], Some(false));
    assert_eq!(outline(&found), [(Severity::Error, None, "Empty ACL")]);
    assert_eq!(
        found[0].detail,
        "The list is empty and digest_auth is false, so nothing decides who may call the domain. \
         List the IP addresses that your calls come from, or set digest_auth = true."
    );
}

#[test]
fn an_empty_list_passes_when_digest_auth_is_true_or_not_known() {
    assert_eq!(lint(&[], Some(true)), []);
    assert_eq!(lint(&[], None), []);
}

#[test]
fn an_entry_that_is_not_known_yet_is_skipped_and_counts_as_one() {
    assert_eq!(lint(&[None], Some(false)), []);
    let found = lint(&[None, Some("office"), None], Some(false));
    assert_eq!(
        outline(&found),
        [(Severity::Error, Some("office"), "Invalid ACL entry")]
    );
}

#[test]
fn a_whole_address_family_gets_its_own_warning_and_not_the_one_for_width() {
    let finding = only(&["0.0.0.0/0"]);
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.entry, Some("0.0.0.0/0"));
    assert_eq!(finding.summary, "ACL open to the whole Internet");
    assert_eq!(
        finding.detail,
        r#""0.0.0.0/0" admits every IPv4 address, so any stranger who finds the domain may place calls through it at your cost. List the addresses that your calls come from instead."#
    );
}

#[test]
fn entries_that_admit_a_whole_family_together_are_open_to_the_whole_internet() {
    let halves = ["0.0.0.0/1", "128.0.0.0/1"];
    let many = [
        "128.0.0.0/1",
        "64.0.0.0/2",
        "32.0.0.0/3",
        "0.0.0.0/4",
        "16.0.0.0/4",
        "8.8.8.8",
    ];
    for entries in [&halves[..], &many] {
        let found = findings(entries);
        let open: Vec<_> = found
            .iter()
            .filter(|finding| finding.summary == "ACL open to the whole Internet")
            .collect();
        assert_eq!(open.len(), 1, "{found:#?}");
        assert_eq!((open[0].severity, open[0].entry), (Severity::Warning, None));
        assert_eq!(
            open[0].detail,
            "The entries together admit every IPv4 address, so any stranger who finds the domain may place calls through it \
             at your cost. List the addresses that your calls come from instead."
        );
        assert!(
            !found
                .iter()
                .any(|finding| finding.summary == "Very wide ACL entry")
        );
    }
    let ipv6 = findings(&["::/1", "8000::/1"]);
    assert!(ipv6[0].detail.contains("every IPv6 address"), "{ipv6:#?}");
}

#[test]
fn entries_that_lack_one_address_of_a_family_are_not_the_whole_internet() {
    let all_but_the_last = (1..=32).map(|length| {
        let begin = u64::pow(2, 32) - u64::pow(2, 33 - length);
        format!(
            "{}/{length}",
            std::net::Ipv4Addr::from(u32::try_from(begin).unwrap())
        )
    });
    let mut texts: Vec<String> = all_but_the_last.collect();
    let whole = |texts: &[String]| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        findings(&texts)
            .iter()
            .any(|it| it.summary == "ACL open to the whole Internet")
    };
    // Twice the same, and one within another, admit no more.
    texts.extend(["0.0.0.0/1".to_owned(), "0.0.0.0/2".to_owned()]);
    assert!(!whole(&texts));
    texts.push("255.255.255.255".to_owned());
    assert!(whole(&texts));
}

#[test]
fn with_digest_auth_the_warning_says_what_still_protects() {
    let found = lint(&[Some("0.0.0.0/0")], Some(true));
    assert_eq!(
        found[0].detail,
        r#""0.0.0.0/0" admits every IPv4 address, so only the users' digest passwords stand between strangers and calls at your cost. List the addresses that your calls come from instead."#
    );
}

#[test]
fn addresses_that_nobody_calls_from_are_warned_about() {
    let finding = only(&["192.168.1.0/24"]);
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.entry, Some("192.168.1.0/24"));
    assert_eq!(finding.summary, "ACL entry without public addresses");
    assert_eq!(
        finding.detail,
        r#""192.168.1.0/24" lies in the private range 192.168.0.0/16 (RFC 1918). Calls cannot reach Vonage from there, so the entry admits nobody. List the public address that your calls come from."#
    );
}

#[test]
fn an_entry_that_merely_covers_a_special_range_is_not_warned_about() {
    assert_eq!(findings(&["172.0.0.0/8"]), []);
}

#[test]
fn a_very_wide_prefix_is_warned_about() {
    let finding = only(&["8.0.0.0/7"]);
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.summary, "Very wide ACL entry");
    assert_eq!(
        finding.detail,
        r#""8.0.0.0/7" is wider than a /8, more than any one network has, so strangers are admitted too. List the prefixes that your calls come from."#
    );
}

#[test]
fn ipv6_is_warned_about_because_the_documents_show_ipv4_only() {
    let finding = only(&["2a00::1"]);
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.entry, Some("2a00::1"));
    assert_eq!(finding.summary, "IPv6 ACL entry");
    assert_eq!(
        finding.detail,
        r#""2a00::1" is IPv6, and the API's documents show IPv4 only; it may be refused or have no effect. List the IPv4 addresses that your calls come from as well."#
    );
}

#[test]
fn the_width_of_ipv6_is_judged_by_its_own_limit() {
    assert_eq!(
        outline(&findings(&["2a00::/15"])),
        [
            (Severity::Warning, Some("2a00::/15"), "Very wide ACL entry"),
            (Severity::Warning, Some("2a00::/15"), "IPv6 ACL entry"),
        ]
    );
    assert_eq!(only(&["2a00::/16"]).summary, "IPv6 ACL entry");
}

#[test]
fn ipv6_without_public_addresses_gets_one_warning() {
    let finding = only(&["fd00::/8"]);
    assert_eq!(finding.summary, "ACL entry without public addresses");
    assert!(
        finding
            .detail
            .contains("lies in the private range fc00::/7 (RFC 4193).")
    );
}

#[test]
fn an_entry_inside_another_names_the_nearest_around_it() {
    let found = findings(&["8.8.8.8", "8.8.8.0/24", "8.0.0.0/8"]);
    assert_eq!(
        outline(&found),
        [
            (
                Severity::Warning,
                Some("8.8.8.8"),
                "Overlapping ACL entries"
            ),
            (
                Severity::Warning,
                Some("8.8.8.0/24"),
                "Overlapping ACL entries"
            ),
        ]
    );
    assert_eq!(
        found[0].detail,
        r#""8.8.8.8" lies inside "8.8.8.0/24", so it changes nothing. Remove "8.8.8.8", or "8.8.8.0/24" if that admits more than you meant."#
    );
    assert!(
        found[1]
            .detail
            .starts_with(r#""8.8.8.0/24" lies inside "8.0.0.0/8","#)
    );
}

#[test]
fn a_duplicate_is_not_also_told_to_lie_inside_another() {
    let found = findings(&["8.8.8.8", "8.8.8.0/24", "8.8.8.8/32"]);
    assert_eq!(
        outline(&found),
        [
            (Severity::Error, Some("8.8.8.8/32"), "Duplicate ACL entries"),
            (
                Severity::Warning,
                Some("8.8.8.8"),
                "Overlapping ACL entries"
            ),
        ]
    );
}

#[test]
fn everything_inside_a_whole_family_is_one_finding() {
    let found = findings(&[
        "8.8.8.8",
        "8.8.8.0/24",
        "0.0.0.0/0",
        "9.9.9.9",
        "1.1.1.1",
        "1.0.0.1",
    ]);
    assert_eq!(
        outline(&found),
        [
            (
                Severity::Warning,
                Some("0.0.0.0/0"),
                "ACL open to the whole Internet"
            ),
            (
                Severity::Warning,
                Some("0.0.0.0/0"),
                "Overlapping ACL entries"
            ),
        ]
    );
    assert_eq!(
        found[1].detail,
        r#""0.0.0.0/0" already admits "8.8.8.8", "8.8.8.0/24", "9.9.9.9" and 2 more, so they change nothing. Remove "0.0.0.0/0", or the 5 entries inside it."#
    );
}

#[test]
fn a_single_entry_inside_a_whole_family_is_named_as_any_other() {
    let found = findings(&["8.8.8.8", "0.0.0.0/0"]);
    assert_eq!(
        found[1].detail,
        r#""8.8.8.8" lies inside "0.0.0.0/0", so it changes nothing. Remove "8.8.8.8", or "0.0.0.0/0" if that admits more than you meant."#
    );
}

#[test]
fn a_whole_family_says_nothing_about_the_other() {
    let found = findings(&["2a00::1", "0.0.0.0/0", "2a00::/32"]);
    assert_eq!(
        outline(&found),
        [
            (
                Severity::Warning,
                Some("0.0.0.0/0"),
                "ACL open to the whole Internet"
            ),
            (
                Severity::Warning,
                Some("2a00::1"),
                "Overlapping ACL entries"
            ),
            (Severity::Warning, Some("2a00::1"), "IPv6 ACL entry"),
            (Severity::Warning, Some("2a00::/32"), "IPv6 ACL entry"),
        ]
    );
    assert!(
        found[1]
            .detail
            .starts_with(r#""2a00::1" lies inside "2a00::/32","#)
    );
}

#[test]
fn more_entries_than_the_published_limit_are_warned_about_once() {
    let texts: Vec<String> = (1..=17).map(|i| format!("8.8.{i}.1")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(findings(&texts[..16]), []);
    let finding = only(&texts);
    assert_eq!((finding.severity, finding.entry), (Severity::Warning, None));
    assert_eq!(finding.summary, "Many ACL entries");
    assert_eq!(
        finding.detail,
        "The list has 17 entries; version 1.0 of the API's specification allows 16, so the API may refuse it. \
         Merge neighbouring prefixes or drop some."
    );
}

#[test]
fn all_problems_are_found_at_once_with_errors_first() {
    let found = findings(&[
        "0.0.0.0/0",
        "8.8.8.8",
        "010.0.0.1",
        "8.8.8.8/32",
        "sip.example.com",
        "192.168.0.1",
    ]);
    assert_eq!(
        outline(&found),
        [
            (Severity::Error, Some("010.0.0.1"), "Invalid ACL entry"),
            (
                Severity::Error,
                Some("sip.example.com"),
                "Invalid ACL entry"
            ),
            (Severity::Error, Some("8.8.8.8/32"), "Duplicate ACL entries"),
            (
                Severity::Warning,
                Some("0.0.0.0/0"),
                "ACL open to the whole Internet"
            ),
            (
                Severity::Warning,
                Some("192.168.0.1"),
                "ACL entry without public addresses"
            ),
            (
                Severity::Warning,
                Some("0.0.0.0/0"),
                "Overlapping ACL entries"
            ),
        ]
    );
}

#[test]
fn of_hundreds_of_bad_entries_the_first_are_shown_and_the_others_counted() {
    let texts: Vec<String> = (0..400).map(|number| format!("office-{number}")).collect();
    let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = findings(&refs);
    let (many, found) = found.split_last().unwrap();
    assert_eq!(many.summary, "Many ACL entries");
    let (more, shown) = found.split_last().unwrap();
    let places: Vec<_> = shown.iter().map(|finding| finding.entry.unwrap()).collect();
    assert_eq!(places, refs[..20]);
    assert_eq!((more.severity, more.entry), (Severity::Error, None));
    assert_eq!(more.summary, "Invalid ACL entry");
    assert_eq!(
        more.detail,
        "380 more entries have this problem. Correct those that are shown, and run this again to see the next."
    );
    let found = findings(&refs[..21]);
    assert!(
        found[20].detail.starts_with("1 more entry has"),
        "{found:#?}"
    );
}

#[test]
fn findings_stay_few_when_a_long_list_is_all_nested_or_all_the_same() {
    let nested = (0..=32).map(|length| format!("8.0.0.0/{length}"));
    let inside = (0..1_000).map(|number| format!("8.0.{}.{}", number / 250, number % 250));
    let texts: Vec<String> = nested
        .filter(|text| Entry::parse(text).is_ok())
        .chain(inside)
        .chain(std::iter::repeat_n("8.0.0.0/5".to_owned(), 1_000))
        .collect();
    let found = findings(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    // Duplicates, wide ones and entries inside others, 20 of each and how many more; and that there are many.
    assert_eq!(found.len(), 3 * 21 + 1, "{found:#?}");
}

proptest! {
    #[test]
    fn no_list_of_texts_makes_the_linter_panic(
        texts in prop::collection::vec(prop::option::of(strategies::near_entry()), 0..24),
        digest_auth: Option<bool>,
    ) {
        let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
        let found = lint(&texts, digest_auth);
        prop_assert!(found.iter().is_sorted_by_key(|finding| finding.severity));
        for finding in &found {
            prop_assert!(finding.entry.is_none() || texts.contains(&finding.entry));
        }
    }

    #[test]
    fn errors_are_found_exactly_where_an_entry_is_invalid_or_repeated(texts in prop::collection::vec(strategies::near_entry(), 1..=SHOWN)) {
        let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = findings(&refs);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
        let parsed: Vec<Entry> = refs.iter().filter_map(|text| Entry::parse(text).ok()).collect();
        let distinct = super::super::normalize(&parsed).len();
        prop_assert_eq!(errors, refs.len() - distinct);
    }

    #[test]
    fn containment_is_told_exactly_where_a_look_at_every_pair_finds_it(list in strategies::entries()) {
        let mut distinct = super::super::normalize(&list);
        distinct.retain(|entry| entry.net().prefix_len() > 0);
        distinct.truncate(SHOWN);
        let texts: Vec<String> = distinct.iter().map(ToString::to_string).collect();
        let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = findings(&refs);
        let told: Vec<&Finding<'_>> = found.iter().filter(|finding| finding.summary == OVERLAPPING).collect();
        let mut expected = 0;
        for entry in &distinct {
            let around = distinct.iter().filter(|other| *other != entry && other.covers(entry));
            let Some(nearest) = around.max_by_key(|other| other.net().prefix_len()) else { continue };
            let start = format!("\"{entry}\" lies inside \"{nearest}\",");
            prop_assert!(told.iter().any(|finding| finding.detail.starts_with(&start)), "{}", start);
            expected += 1;
        }
        prop_assert_eq!(told.len(), expected);
    }
}
