//! Every problem of a list at once: what must be mended before the API is asked, and what is probably a slip.

use std::fmt;

use ipnet::IpNet;

use super::entry::Entry;
use super::list::{Acl, Element};
use super::overlap::{self, Overlaps, Pair};
use super::quote::{quote, quote_all};
use super::special::{self, NotPublic};

/// The most entries that version 1.0 of the API's specification allows; later documents say nothing.
const PUBLISHED_LIMIT: usize = 16;

/// Prefixes shorter than these are warned about. IPv4 was given to organisations in blocks of at most a /8. IPv6 is given to whole
/// regions as a /12, so that a /16 is still more than one network should have.
const WIDEST_IPV4: u8 = 8;
const WIDEST_IPV6: u8 = 16;

/// Entries that a summarising finding names before it only counts.
const NAMED: usize = 3;

/// Findings of one kind that are shown before they are only counted, so that a list with hundreds of mistakes stays readable.
const SHOWN: usize = 20;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The list must not be sent.
    Error,
    /// The list works, but probably not as meant.
    Warning,
}

/// One problem of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// Whether it stops the operation.
    pub severity: Severity,
    /// The entry to point at, exactly as written; `None` for the list as a whole.
    pub entry: Option<&'a str>,
    /// A few words, the same for every problem of the kind.
    pub summary: &'static str,
    /// What, why and what to do.
    pub detail: String,
}

impl Acl {
    /// Finds all problems of a list: errors first, kind by kind, and within a kind in the order of the entries (overlaps: IPv4 first).
    ///
    /// An entry that is not known yet is skipped, as is what depends on `digest_auth` when that is `None`. The time is
    /// n log n, and of each kind there are at most 20 findings and one that counts the others.
    pub fn lint(&self, digest_auth: Option<bool>) -> Vec<Finding<'_>> {
        let mut findings = Vec::new();
        let mut valid: Vec<Valid<'_>> = Vec::with_capacity(self.elements().len());
        let mut invalid = Vec::new();
        let mut has_null = false;
        for element in self.elements() {
            match element {
                Element::Entry(text, Ok(entry)) => valid.push(Valid::new(text, *entry)),
                Element::Entry(text, Err(mistake)) => invalid.push((text, mistake)),
                Element::Null => has_null = true,
                Element::Unknown => {}
            }
        }
        if has_null {
            let detail = "An entry of `acl` is null. Remove it, for example with `compact()`.";
            findings.push(error(None, "Invalid ACL entry", detail.to_owned()));
        }
        let parsed: Vec<Entry> = valid.iter().map(|written| written.entry).collect();
        let overlaps = overlap::find(&parsed);

        add(&mut findings, invalid.iter(), |(text, mistake)| {
            error(Some(text), "Invalid ACL entry", mistake.explain(text))
        });
        add(
            &mut findings,
            pairs(&valid, &overlaps.duplicates),
            |(later, first)| duplicate(later, first),
        );
        if self.is_empty() && digest_auth == Some(false) {
            findings.push(empty());
        }
        reach(&mut findings, &valid, &overlaps, digest_auth);
        overlapping(&mut findings, &valid, &overlaps.nested);
        // Not for addresses that are not public either: that warning already says to replace the entry.
        let public = valid.iter().filter(|written| written.not_public.is_none());
        add(
            &mut findings,
            public.filter(|it| it.family == Family::Ipv6),
            ipv6,
        );
        let known = self.texts().count();
        if known > PUBLISHED_LIMIT {
            findings.push(many(known));
        }
        findings
    }
}

/// Adds the findings of one kind: the first of them, and how many more there are.
fn add<'a, T>(
    findings: &mut Vec<Finding<'a>>,
    mut found: impl Iterator<Item = T>,
    write: impl Fn(T) -> Finding<'a>,
) {
    findings.extend(found.by_ref().take(SHOWN).map(write));
    let more = found.count();
    if more > 0
        && let Some(last) = findings.last()
    {
        let entries = if more == 1 {
            "entry has"
        } else {
            "entries have"
        };
        let detail = format!(
            "{more} more {entries} this problem. Correct those that are shown, and run this again to see the next."
        );
        let entry = None;
        findings.push(Finding {
            entry,
            detail,
            ..*last
        });
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Ipv4,
    Ipv6,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ipv4 => "IPv4",
            Self::Ipv6 => "IPv6",
        })
    }
}

/// A valid entry and its spelling.
#[derive(Clone, Copy)]
struct Valid<'a> {
    text: &'a str,
    entry: Entry,
    family: Family,
    /// Why nobody calls from there, if so.
    not_public: Option<NotPublic>,
}

impl<'a> Valid<'a> {
    fn new(text: &'a str, entry: Entry) -> Self {
        let not_public = special::not_public(entry.net());
        Self {
            text,
            entry,
            family: match entry.net() {
                IpNet::V4(_) => Family::Ipv4,
                IpNet::V6(_) => Family::Ipv6,
            },
            not_public,
        }
    }

    fn is_whole_family(&self) -> bool {
        self.entry.net().prefix_len() == 0
    }

    /// The shortest prefix length that is not warned about.
    fn widest(&self) -> u8 {
        match self.family {
            Family::Ipv4 => WIDEST_IPV4,
            Family::Ipv6 => WIDEST_IPV6,
        }
    }
}

fn duplicate<'a>(later: &Valid<'a>, first: &Valid<'a>) -> Finding<'a> {
    let (text, other) = (quote(later.text), quote(first.text));
    let detail = if later.text == first.text {
        format!("{text} is listed more than once. Keep it once.")
    } else {
        format!("{text} means the same as {other}. Remove one of them.")
    };
    error(Some(later.text), "Duplicate ACL entries", detail)
}

fn empty() -> Finding<'static> {
    let detail = "The list is empty and digest_auth is false, so nothing decides who may call the domain. \
        List the IP addresses that your calls come from, or set digest_auth = true.";
    error(None, "Empty ACL", detail.to_owned())
}

/// What is odd about the size or the place of entries: for each at most one warning, the gravest.
fn reach<'a>(
    findings: &mut Vec<Finding<'a>>,
    valid: &[Valid<'a>],
    overlaps: &Overlaps,
    digest_auth: Option<bool>,
) {
    let whole = |family| match family {
        Family::Ipv4 => overlaps.whole_ipv4,
        Family::Ipv6 => overlaps.whole_ipv6,
    };
    for family in [Family::Ipv4, Family::Ipv6]
        .into_iter()
        .filter(|it| whole(*it))
    {
        let of_family = valid.iter().filter(|written| written.family == family);
        let mut alone = of_family
            .filter(|written| written.is_whole_family())
            .peekable();
        if alone.peek().is_none() {
            findings.push(open(None, family, digest_auth));
        }
        add(findings, alone, |it| {
            open(Some(it.text), family, digest_auth)
        });
    }
    let reserved = valid.iter().filter(|written| !written.is_whole_family());
    let reserved = reserved.filter_map(|written| Some((written, written.not_public?)));
    add(findings, reserved, |(written, reason)| {
        not_public(written, reason)
    });
    let public = valid
        .iter()
        .filter(|written| written.not_public.is_none() && !whole(written.family));
    add(
        findings,
        public.filter(|written| written.entry.net().prefix_len() < written.widest()),
        wide,
    );
}

/// All of a family is admitted, by one entry or by all of them together.
fn open(entry: Option<&str>, family: Family, digest_auth: Option<bool>) -> Finding<'_> {
    let consequence = match digest_auth {
        Some(true) => {
            "only the users' digest passwords stand between strangers and calls at your cost"
        }
        Some(false) | None => {
            "any stranger who finds the domain may place calls through it at your cost"
        }
    };
    let who = entry.map_or_else(
        || "The entries together admit".to_owned(),
        |text| format!("{} admits", quote(text)),
    );
    let detail = format!(
        "{who} every {family} address, so {consequence}. List the addresses that your calls come from instead."
    );
    warning(entry, "ACL open to the whole Internet", detail)
}

fn not_public<'a>(written: &Valid<'a>, reason: NotPublic) -> Finding<'a> {
    let detail = format!(
        "{} lies {reason}. Calls cannot reach Vonage from there, so the entry admits nobody. \
         List the public address that your calls come from.",
        quote(written.text),
    );
    warning(
        Some(written.text),
        "ACL entry without public addresses",
        detail,
    )
}

fn wide<'a>(written: &Valid<'a>) -> Finding<'a> {
    let detail = format!(
        "{} is wider than a /{}, more than any one network has, so strangers are admitted too. \
         List the prefixes that your calls come from.",
        quote(written.text),
        written.widest(),
    );
    warning(Some(written.text), "Very wide ACL entry", detail)
}

/// One warning for each nested entry; but where one entry admits a whole address family, one warning for all of that family.
fn overlapping<'a>(findings: &mut Vec<Finding<'a>>, valid: &[Valid<'a>], nested: &[Pair]) {
    for family in [Family::Ipv4, Family::Ipv6] {
        let of_family = pairs(valid, nested).filter(|(inner, _)| inner.family == family);
        let whole = valid
            .iter()
            .find(|written| written.is_whole_family() && written.family == family);
        match whole {
            Some(outer) => {
                let inner: Vec<&Valid<'a>> = of_family.map(|(inner, _)| inner).collect();
                findings.extend(all_inside(&inner, outer));
            }
            None => add(findings, of_family, |(inner, outer)| inside(inner, outer)),
        }
    }
}

fn inside<'a>(inner: &Valid<'a>, outer: &Valid<'a>) -> Finding<'a> {
    let (text, around) = (quote(inner.text), quote(outer.text));
    let detail = format!(
        "{text} lies inside {around}, so it changes nothing. Remove {text}, or {around} if that admits more than you meant."
    );
    warning(Some(inner.text), OVERLAPPING, detail)
}

fn all_inside<'a>(inner: &[&Valid<'a>], outer: &Valid<'a>) -> Option<Finding<'a>> {
    match inner {
        [] => return None,
        [only] => return Some(inside(only, outer)),
        _ => {}
    }
    let named: Vec<&str> = inner.iter().take(NAMED).map(|one| one.text).collect();
    let more = match inner.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let around = quote(outer.text);
    let detail = format!(
        "{around} already admits {}{more}, so they change nothing. Remove {around}, or the {} entries inside it.",
        quote_all(&named),
        inner.len(),
    );
    Some(warning(Some(outer.text), OVERLAPPING, detail))
}

const OVERLAPPING: &str = "Overlapping ACL entries";

fn ipv6<'a>(written: &Valid<'a>) -> Finding<'a> {
    let detail = format!(
        "{} is IPv6, and the API's documents show IPv4 only; it may be refused or have no effect. \
         List the IPv4 addresses that your calls come from as well.",
        quote(written.text),
    );
    warning(Some(written.text), "IPv6 ACL entry", detail)
}

fn many(count: usize) -> Finding<'static> {
    let detail = format!(
        "The list has {count} entries; version 1.0 of the API's specification allows {PUBLISHED_LIMIT}, so the API may refuse it. \
         Merge neighbouring prefixes or drop some."
    );
    warning(None, "Many ACL entries", detail)
}

/// The entries behind the positions.
fn pairs<'v, 'a>(
    valid: &'v [Valid<'a>],
    pairs: &'v [Pair],
) -> impl Iterator<Item = (&'v Valid<'a>, &'v Valid<'a>)> {
    pairs
        .iter()
        .filter_map(|pair| valid.get(pair.inner).zip(valid.get(pair.outer)))
}

fn error<'a>(entry: Option<&'a str>, summary: &'static str, detail: String) -> Finding<'a> {
    Finding {
        severity: Severity::Error,
        entry,
        summary,
        detail,
    }
}

fn warning<'a>(entry: Option<&'a str>, summary: &'static str, detail: String) -> Finding<'a> {
    Finding {
        severity: Severity::Warning,
        ..error(entry, summary, detail)
    }
}

#[cfg(test)]
mod tests;
