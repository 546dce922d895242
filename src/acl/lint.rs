//! Every problem of a list at once: what must be mended before the API is asked, and what is probably a slip.

use std::fmt::Write as _;

use ipnet::IpNet;

use super::entry::Entry;
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

/// Finds all problems of a list: errors first, kind by kind, and within a kind in the order of the entries (overlaps: IPv4 first).
///
/// An entry that is `None` is not known yet and skipped, as is what depends on `digest_auth` when that is `None`. The time is
/// n log n, and there are at most a handful of findings for each entry.
pub fn lint<'a>(entries: &[Option<&'a str>], digest_auth: Option<bool>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    let mut valid: Vec<Written<'a>> = Vec::with_capacity(entries.len());
    for text in entries.iter().copied().flatten() {
        match Entry::parse(text) {
            Ok(entry) => valid.push(Written::new(text, entry)),
            Err(mistake) => findings.push(error(
                Some(text),
                "Invalid ACL entry",
                mistake.explain(text),
            )),
        }
    }
    let parsed: Vec<Entry> = valid.iter().map(|written| written.entry).collect();
    let Overlaps { duplicates, nested } = overlap::find(&parsed);

    findings.extend(pairs(&valid, &duplicates).map(|(later, first)| duplicate(later, first)));
    if entries.is_empty() && digest_auth == Some(false) {
        findings.push(empty());
    }
    findings.extend(
        valid
            .iter()
            .filter_map(|written| reach(written, digest_auth)),
    );
    findings.extend(overlapping(&valid, &nested));
    findings.extend(valid.iter().filter_map(ipv6));
    let known = entries.iter().flatten().count();
    if known > PUBLISHED_LIMIT {
        findings.push(many(known));
    }
    findings
}

/// A valid entry and its spelling.
#[derive(Clone, Copy)]
struct Written<'a> {
    text: &'a str,
    entry: Entry,
    /// Why nobody calls from there, if so.
    not_public: Option<NotPublic>,
}

impl<'a> Written<'a> {
    fn new(text: &'a str, entry: Entry) -> Self {
        let not_public = special::not_public(entry.net());
        Self {
            text,
            entry,
            not_public,
        }
    }

    fn is_whole_family(&self) -> bool {
        self.entry.net().prefix_len() == 0
    }

    fn family(&self) -> &'static str {
        match self.entry.net() {
            IpNet::V4(_) => "IPv4",
            IpNet::V6(_) => "IPv6",
        }
    }
}

fn duplicate<'a>(later: &Written<'a>, first: &Written<'a>) -> Finding<'a> {
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

/// What is odd about the size or the place of the entry: at most one warning, the gravest.
fn reach<'a>(written: &Written<'a>, digest_auth: Option<bool>) -> Option<Finding<'a>> {
    let net = written.entry.net();
    let widest = match net {
        IpNet::V4(_) => WIDEST_IPV4,
        IpNet::V6(_) => WIDEST_IPV6,
    };
    if written.is_whole_family() {
        Some(open(written, digest_auth))
    } else if let Some(reason) = written.not_public {
        Some(not_public(written, reason))
    } else if net.prefix_len() < widest {
        Some(wide(written, widest))
    } else {
        None
    }
}

fn open<'a>(written: &Written<'a>, digest_auth: Option<bool>) -> Finding<'a> {
    let consequence = match digest_auth {
        Some(true) => {
            "only the users' digest passwords stand between strangers and calls at your cost"
        }
        Some(false) | None => {
            "any stranger who finds the domain may place calls through it at your cost"
        }
    };
    let detail = format!(
        "{} admits every {} address, so {consequence}. List the addresses that your calls come from instead.",
        quote(written.text),
        written.family(),
    );
    warning(Some(written.text), "ACL open to the whole Internet", detail)
}

fn not_public<'a>(written: &Written<'a>, reason: NotPublic) -> Finding<'a> {
    let detail = format!(
        "{} lies {reason}. No call reaches the API from there, so the entry admits nobody. \
         List the public address that your calls come from.",
        quote(written.text),
    );
    warning(
        Some(written.text),
        "ACL entry without public addresses",
        detail,
    )
}

fn wide<'a>(written: &Written<'a>, widest: u8) -> Finding<'a> {
    let detail = format!(
        "{} is wider than a /{widest}, more than any one network has, so strangers are admitted too. \
         List the prefixes that your calls come from.",
        quote(written.text),
    );
    warning(Some(written.text), "Very wide ACL entry", detail)
}

/// One warning for each nested entry; but where a whole address family is admitted, one warning for all of that family.
fn overlapping<'a>(valid: &[Written<'a>], nested: &[Pair]) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for family in ["IPv4", "IPv6"] {
        let of_family = pairs(valid, nested).filter(|(inner, _)| inner.family() == family);
        let whole = valid
            .iter()
            .find(|written| written.is_whole_family() && written.family() == family);
        match whole {
            Some(outer) => {
                let inner: Vec<&Written<'a>> = of_family.map(|(inner, _)| inner).collect();
                findings.extend(all_inside(&inner, outer));
            }
            None => findings.extend(of_family.map(|(inner, outer)| inside(inner, outer))),
        }
    }
    findings
}

fn inside<'a>(inner: &Written<'a>, outer: &Written<'a>) -> Finding<'a> {
    let (text, around) = (quote(inner.text), quote(outer.text));
    // Room for all of it and little more: of these a long list has many.
    let mut detail = String::with_capacity(100 + 2 * (inner.text.len() + outer.text.len()));
    let _ = write!(
        detail,
        "{text} lies inside {around}, so it changes nothing. Remove {text}, or {around} if that admits more than you meant."
    );
    warning(Some(inner.text), OVERLAPPING, detail)
}

fn all_inside<'a>(inner: &[&Written<'a>], outer: &Written<'a>) -> Option<Finding<'a>> {
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

/// Not for addresses that are not public either: that warning already says to replace the entry.
fn ipv6<'a>(written: &Written<'a>) -> Option<Finding<'a>> {
    if written.entry.net().addr().is_ipv4() || written.not_public.is_some() {
        return None;
    }
    let detail = format!(
        "{} is IPv6, and the API's documents show IPv4 only; it may be refused or have no effect. \
         List the IPv4 addresses that your calls come from as well.",
        quote(written.text),
    );
    Some(warning(Some(written.text), "IPv6 ACL entry", detail))
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
    valid: &'v [Written<'a>],
    pairs: &'v [Pair],
) -> impl Iterator<Item = (&'v Written<'a>, &'v Written<'a>)> {
    pairs
        .iter()
        .filter_map(|pair| valid.get(pair.inner).zip(valid.get(pair.outer)))
}

fn error<'a>(entry: Option<&'a str>, summary: &'static str, detail: String) -> Finding<'a> {
    finding(Severity::Error, entry, summary, detail)
}

fn warning<'a>(entry: Option<&'a str>, summary: &'static str, detail: String) -> Finding<'a> {
    finding(Severity::Warning, entry, summary, detail)
}

fn finding<'a>(
    severity: Severity,
    entry: Option<&'a str>,
    summary: &'static str,
    detail: String,
) -> Finding<'a> {
    Finding {
        severity,
        entry,
        summary,
        detail,
    }
}

#[cfg(test)]
mod tests;
