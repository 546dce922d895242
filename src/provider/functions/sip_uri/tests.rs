//! URIs that calls reach, and each mistake at its argument.

use proptest::prelude::*;

use super::*;

fn sip_uri(user: &str, domain: &str, region: &str) -> Result<Value, FunctionError> {
    SipUri.call(&[user.into(), domain.into(), region.into()])
}

/// The error of a call that must have one.
fn mistake(user: &str, domain: &str, region: &str) -> FunctionError {
    sip_uri(user, domain, region).unwrap_err()
}

#[test]
fn each_region_has_its_own_host() {
    for (region, expected) in [
        ("us", "sip:support@yourcompany.sip-us.nexmo.com"),
        ("eu", "sip:support@yourcompany.sip-eu.nexmo.com"),
        ("ap", "sip:support@yourcompany.sip-ap.nexmo.com"),
    ] {
        assert_eq!(
            sip_uri("support", "yourcompany", region),
            Ok(expected.into())
        );
    }
}

#[test]
fn a_user_part_is_kept_as_it_is_written() {
    for user in [
        "442079460000",
        "+14155550100",
        "a.b-c_d!e~f*g'h(i)",
        "x;isub=1,2?&=$/",
        "%C3%a9",
    ] {
        let expected = format!("sip:{user}@yourcompany.sip-eu.nexmo.com");
        assert_eq!(
            sip_uri(user, "yourcompany", "eu"),
            Ok(expected.as_str().into())
        );
    }
}

#[test]
fn a_wrong_character_of_the_user_is_named_with_its_escape() {
    for (user, words) in [
        ("a b", ["' '", "\"%20\""]),
        ("é", ["'é'", "\"%C3%A9\""]),
        ("a:secret", ["':'", "\"%3A\""]),
        ("100%", ["\"%\" without", "\"%25\""]),
        ("%4", ["\"%\" without", "\"%25\""]),
        ("%4é", ["\"%\" without", "\"%25\""]),
        ("a\nb", ["'\\n'", "\"%0A\""]),
        ("bob@example", ["'@'", "without scheme and host"]),
        ("", ["empty", "\"support\""]),
    ] {
        let error = mistake(user, "yourcompany", "us");
        assert_eq!(error.argument, Some(0), "{user:?}");
        for word in words {
            assert!(error.text.contains(word), "{user:?}: {}", error.text);
        }
    }
}

#[test]
fn a_wrong_domain_or_region_is_an_error_at_its_argument() {
    let host = mistake("bob", "yourcompany.sip-us.nexmo.com", "us");
    assert_eq!(host.argument, Some(1));
    assert!(host.text.contains("\"yourcompany\""), "{}", host.text);
    assert_eq!(mistake("bob", "four", "us").argument, Some(1));
    for (region, words) in [
        ("US", "\"ap\"; write \"us\"."),
        ("mars", "\"us\", \"eu\", \"ap\""),
        ("", "without a region"),
    ] {
        let error = mistake("bob", "yourcompany", region);
        assert_eq!(error.argument, Some(2));
        assert!(error.text.contains(words), "{}", error.text);
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let error = mistake("", "four", "mars");
    assert_eq!(error.argument, Some(0));
    assert!(error.text.contains("also `domain`") && error.text.contains("also `region`"));
}

#[test]
fn a_very_long_argument_does_not_make_a_very_long_message() {
    let long = "é".repeat(100_000);
    assert!(mistake(&long, &long, &long).text.len() < 1000);
}

proptest! {
    #[test]
    fn whatever_is_written_as_told_is_a_user_part(user in ".{1,20}") {
        let mut user = user;
        // Each round mends the first wrong character, as a person would.
        while let Some(wrong) = first_wrong(&user) {
            let at = if wrong == '%' { position_of_lone_percent(&user) } else { user.find(wrong).unwrap() };
            user.replace_range(at..at + wrong.len_utf8(), &escape(wrong));
        }
        prop_assert!(sip_uri(&user, "yourcompany", "us").is_ok(), "{user}");
    }
}

fn position_of_lone_percent(user: &str) -> usize {
    let is_escape = |at: usize| {
        let digits = user.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut percents = user.match_indices('%').map(|(at, _)| at);
    percents.find(|at| !is_escape(*at)).unwrap()
}
