//! Which limits count, and how strictly.

use proptest::prelude::*;

use super::*;

fn union(texts: &[&str]) -> Union {
    let entries = texts.iter().map(|text| Entry::parse(text).unwrap());
    entries.collect()
}

fn acl(texts: &[&str]) -> Acl {
    texts.iter().collect()
}

fn at_most(max_addresses: u64) -> Limits {
    Limits {
        max_addresses: Some(max_addresses),
        ..Limits::default()
    }
}

fn allowing(texts: &[&str]) -> Limits {
    Limits {
        allowed: Some(union(texts)),
        ..Limits::default()
    }
}

fn enforced(enforcement: Enforcement, limits: Limits) -> Limits {
    Limits {
        enforcement: Some(enforcement),
        ..limits
    }
}

fn policy(block: Limits, environment: Limits) -> AclPolicy {
    AclPolicy { block, environment }
}

/// How strictly the number of addresses is judged, by whom, and against which limit.
fn judged(policy: &AclPolicy, list: &[&str]) -> Option<(Enforcement, Source, u64)> {
    let list = acl(list);
    let mut violations = policy.judge_acl(&list).into_iter();
    let violation = violations.next()?;
    assert_eq!(violations.next(), None);
    let Excess::Addresses { limit, .. } = violation.excess else {
        panic!("{violation:?}");
    };
    Some((violation.enforcement, violation.sources[0], limit))
}

#[test]
fn the_addresses_of_the_union_are_counted() {
    let policy = policy(at_most(256), Limits::default());
    let overlapping = ["190.190.190.0/24", "190.190.190.0/25", "190.190.190.7"];
    assert_eq!(judged(&policy, &overlapping), None);
    let list = acl(&[
        "190.190.190.0/25",
        "190.190.190.128/25",
        "9.9.9.9",
        "2a00::/16",
    ]);
    let [violation] = &policy.judge_acl(&list)[..] else {
        panic!("one violation")
    };
    let excess = Excess::Addresses {
        limit: 256,
        admitted: 257,
    };
    assert_eq!(violation.excess, excess);
    let halves = ["0.0.0.0/1", "128.0.0.0/1"];
    assert!(judged(&policy, &halves).is_some());
}

#[test]
fn of_two_limits_the_lower_one_counts() {
    let two = ["9.9.9.9", "8.8.8.8", "7.7.7.7"];
    let lower_floor = policy(at_most(2), at_most(1));
    let floor = Some((Enforcement::Error, Source::Environment, 1));
    assert_eq!(judged(&lower_floor, &two), floor);
    let lower_block = policy(at_most(1), at_most(2));
    let block = Some((Enforcement::Error, Source::Block, 1));
    assert_eq!(judged(&lower_block, &two), block);
}

#[test]
fn the_stricter_of_two_limits_counts_although_the_other_is_lower() {
    let lenient = enforced(Enforcement::Warning, at_most(1));
    let two = ["9.9.9.9", "8.8.8.8"];
    let many = ["9.9.9.9", "8.8.8.8", "7.7.7.7"];
    let floor = policy(lenient.clone(), at_most(2));
    let warning = Some((Enforcement::Warning, Source::Block, 1));
    assert_eq!(judged(&floor, &two), warning);
    let error = Some((Enforcement::Error, Source::Environment, 2));
    assert_eq!(judged(&floor, &many), error);
}

#[test]
fn the_environment_raises_what_the_block_enforces_and_never_lowers_it() {
    use Enforcement::{Error, Warning};
    for (block, environment, of_block, of_environment) in [
        (None, None, Error, Error),
        (Some(Warning), None, Warning, Error),
        (Some(Warning), Some(Error), Error, Error),
        (Some(Error), Some(Warning), Error, Warning),
        (None, Some(Warning), Error, Warning),
        (Some(Warning), Some(Warning), Warning, Warning),
    ] {
        let limits = |enforcement| Limits {
            enforcement,
            ..at_most(1)
        };
        let nothing = |enforcement| Limits {
            enforcement,
            ..Limits::default()
        };
        let list = ["9.9.9.0/24"];
        let only_block = policy(limits(block), nothing(environment));
        let expected = Some((of_block, Source::Block, 1));
        assert_eq!(judged(&only_block, &list), expected);
        let only_environment = policy(nothing(block), limits(environment));
        let expected = Some((of_environment, Source::Environment, 1));
        assert_eq!(judged(&only_environment, &list), expected);
    }
}

#[test]
fn an_entry_lies_in_both_lists_and_names_the_one_that_lacks_it() {
    let policy = policy(
        allowing(&["190.190.190.0/25", "190.190.190.128/25", "9.9.9.0/24"]),
        allowing(&["190.190.190.0/23"]),
    );
    let list = acl(&[
        "190.190.190.0/24",
        "9.9.9.9",
        "190.190.191.0/24",
        "9.9.10.0/24",
        "2a00::1",
    ]);
    let violations = policy.judge_acl(&list);
    let told: Vec<_> = violations
        .iter()
        .map(|violation| match &violation.excess {
            Excess::Outside { entry, outside, .. } => (*entry, &violation.sources[..], *outside),
            other => panic!("{other:?}"),
        })
        .collect();
    let both = &[Source::Block, Source::Environment][..];
    let expected = [
        ("9.9.9.9", &[Source::Environment][..], Size::from(1)),
        ("190.190.191.0/24", &[Source::Block], Size::from(256)),
        ("9.9.10.0/24", both, Size::from(256)),
        ("2a00::1", both, Size::from(1)),
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_entry_that_lies_partly_in_a_list_is_told_by_how_much() {
    let list = acl(&["9.9.8.0/23"]);
    let policy = policy(
        allowing(&["9.9.8.0/25"]),
        allowing(&["9.9.8.64/26", "9.9.9.0/24"]),
    );
    let excess = &policy.judge_acl(&list)[0].excess;
    let expected = Excess::Outside {
        entry: "9.9.8.0/23",
        size: Size::from(512),
        outside: Size::from(512 - 64),
    };
    assert_eq!(*excess, expected);
}

#[test]
fn an_empty_list_allows_nothing_and_none_allows_everything() {
    let list = acl(&["9.9.9.9"]);
    assert_eq!(
        policy(allowing(&[]), Limits::default())
            .judge_acl(&list)
            .len(),
        1
    );
    assert_eq!(AclPolicy::default().judge_acl(&list), []);
    assert_eq!(
        policy(allowing(&[]), at_most(1)).judge_acl(&Acl::default()),
        []
    );
}

#[test]
fn lists_without_a_common_address_contradict_each_other_unless_one_allows_nothing() {
    let contradicts = |block: &[&str], environment: &[&str]| {
        policy(allowing(block), allowing(environment)).contradicts_itself()
    };
    assert!(contradicts(&["9.9.9.0/24"], &["9.9.8.0/24", "2a00::/16"]));
    assert!(!contradicts(&["9.9.9.0/24"], &["9.9.9.9"]));
    assert!(!contradicts(&[], &["9.9.9.9"]));
    assert!(!policy(allowing(&["9.9.9.9"]), Limits::default()).contradicts_itself());
}

#[test]
fn ten_thousand_entries_are_judged_by_ten_thousand_prefixes() {
    let texts =
        |third| (0..10_000).map(move |n| format!("{}.{}.{third}.0/25", 11 + n / 250, n % 250));
    let allowed = texts(8).map(|text| Entry::parse(&text).unwrap()).collect();
    let block = Limits {
        allowed: Some(allowed),
        max_addresses: Some(1),
        ..Limits::default()
    };
    let policy = policy(block, Limits::default());
    let list: Acl = texts(8).chain(texts(9)).collect();
    assert_eq!(policy.judge_acl(&list).len(), 10_001);
}

fn limits() -> impl Strategy<Value = Limits> {
    let enforcement = prop::sample::select(vec![
        None,
        Some(Enforcement::Warning),
        Some(Enforcement::Error),
    ]);
    let max_addresses = prop::option::of(1..40_u64);
    let allowed = prop::option::of(
        entries().prop_map(|texts| texts.iter().map(|it| Entry::parse(it).unwrap()).collect()),
    );
    (enforcement, max_addresses, allowed, any::<bool>()).prop_map(
        |(enforcement, max_addresses, allowed, require_tls)| Limits {
            enforcement,
            max_addresses,
            allowed,
            require_tls,
        },
    )
}

/// Texts of prefixes within 32 addresses.
fn entries() -> impl Strategy<Value = Vec<String>> {
    let one = (0..32_u8, 0..=5_u8)
        .prop_map(|(low, bits)| format!("8.8.8.{}/{}", low >> bits << bits, 32 - bits));
    prop::collection::vec(one, 0..6)
}

/// What stops a plan: whether the number of addresses does, which entries do, and whether TLS does.
fn refused(policy: &AclPolicy, acl: &Acl, is_always: bool) -> (bool, Vec<String>, bool) {
    let violations = policy.judge_acl(acl);
    let errors = violations
        .iter()
        .filter(|it| it.enforcement == Enforcement::Error);
    let (mut size, mut entries) = (false, Vec::new());
    for error in errors {
        match error.excess {
            Excess::Outside { entry, .. } => entries.push(entry.to_owned()),
            _ => size = true,
        }
    }
    let tls = policy.judge_tls(is_always);
    (
        size,
        entries,
        tls.is_some_and(|it| it.enforcement == Enforcement::Error),
    )
}

proptest! {
    #[test]
    fn no_block_admits_what_the_environment_alone_refuses(
        block in limits(), environment in limits(), texts in entries(), is_always: bool
    ) {
        let list: Acl = texts.iter().collect();
        let floor = policy(Limits::default(), environment.clone());
        let (size, entries, tls) = refused(&floor, &list, is_always);
        let both = refused(&policy(block, environment), &list, is_always);
        prop_assert!(both.0 || !size);
        prop_assert!(entries.iter().all(|entry| both.1.contains(entry)));
        prop_assert!(both.2 || !tls);
    }

    #[test]
    fn no_environment_admits_what_the_block_alone_refuses(
        block in limits(), environment in limits(), texts in entries(), is_always: bool
    ) {
        let list: Acl = texts.iter().collect();
        let alone = policy(block.clone(), Limits::default());
        let (size, entries, tls) = refused(&alone, &list, is_always);
        let both = refused(&policy(block, environment), &list, is_always);
        prop_assert!(both.0 || !size);
        prop_assert!(entries.iter().all(|entry| both.1.contains(entry)));
        prop_assert!(both.2 || !tls);
    }
}
