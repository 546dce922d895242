//! What an ACL may admit by the provider block and by the environment, and where one does not keep to that. Pure.

use std::cmp::Reverse;

use crate::acl::{Acl, Entry, Size, Union};

/// The limits of both sources. Those of one hold beside those of the other, so that neither can loosen them.
#[derive(Clone, Debug, Default)]
pub(super) struct AclPolicy {
    pub(super) block: Limits,
    pub(super) environment: Limits,
}

/// What one source says. What it does not say, or not yet, limits nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    pub(super) enforcement: Option<Enforcement>,
    pub(super) max_addresses: Option<u64>,
    pub(super) allowed: Option<Union>,
    pub(super) require_tls: bool,
}

/// What a violation does to a plan, the stricter one greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Enforcement {
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Block,
    Environment,
}

/// What a limit is called in each source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) attribute: &'static str,
    pub(super) variable: &'static str,
}

pub(super) const ALLOWED: Limit = Limit {
    attribute: "allowed",
    variable: "VONAGE_ACL_ALLOWED",
};
pub(super) const MAX_ADDRESSES: Limit = Limit {
    attribute: "max_addresses",
    variable: "VONAGE_ACL_MAX_ADDRESSES",
};
pub(super) const REQUIRE_TLS: Limit = Limit {
    attribute: "require_tls",
    variable: "VONAGE_ACL_REQUIRE_TLS",
};

/// A limit that is not kept to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Violation<'a> {
    pub(super) enforcement: Enforcement,
    /// Whose limit it is.
    pub(super) sources: Vec<Source>,
    pub(super) excess: Excess<'a>,
}

/// By how much a limit is missed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Excess<'a> {
    /// All entries together admit more IPv4 addresses than `limit`.
    Addresses { limit: u64, admitted: u64 },
    /// So many of an entry's addresses are not among those that are allowed.
    Outside {
        entry: &'a str,
        size: Size,
        outside: Size,
    },
    /// The signalling may go unencrypted.
    NoTls,
}

impl Limit {
    /// Where it was set, for a sentence.
    pub(super) fn place(self, source: Source) -> String {
        match source {
            Source::Block => format!("`{}` of `acl_policy` in the provider block", self.attribute),
            Source::Environment => format!("the environment variable {}", self.variable),
        }
    }
}

impl AclPolicy {
    /// Whether each source allows something, but nothing that the other allows, too.
    pub(super) fn contradicts_itself(&self) -> bool {
        let [Some(one), Some(other)] =
            [&self.block, &self.environment].map(|it| it.allowed.as_ref())
        else {
            return false;
        };
        !one.is_empty() && !other.is_empty() && one.without(other) == *one
    }

    /// What is wrong with the entries that are known.
    pub(super) fn judge_acl<'a>(&self, acl: &'a Acl) -> Vec<Violation<'a>> {
        let outside = acl
            .valid()
            .filter_map(|(text, entry)| self.judge_entry(text, entry));
        self.judge_size(acl).into_iter().chain(outside).collect()
    }

    pub(super) fn judge_tls(&self, is_always: bool) -> Option<Violation<'static>> {
        let is_missed = |limits: &Limits| limits.require_tls && !is_always;
        self.violation(is_missed, || Excess::NoTls)
    }

    fn judge_size<'a>(&self, acl: &Acl) -> Option<Violation<'a>> {
        let limits = self
            .sources()
            .into_iter()
            .filter_map(|(source, enforcement, limits)| {
                Some((enforcement, Reverse(limits.max_addresses?), source))
            });
        let limits: Vec<_> = limits.collect();
        if limits.is_empty() {
            return None;
        }
        let admitted = acl.union().ipv4_size();
        let missed = limits
            .into_iter()
            .filter(|(_, Reverse(limit), _)| admitted > *limit);
        // Of two that are as strict, the lower one counts.
        let (enforcement, Reverse(limit), source) =
            missed.max_by_key(|(enforcement, limit, _)| (*enforcement, *limit))?;
        Some(Violation {
            enforcement,
            sources: vec![source],
            excess: Excess::Addresses { limit, admitted },
        })
    }

    fn judge_entry<'a>(&self, text: &'a str, entry: Entry) -> Option<Violation<'a>> {
        let lacks = |limits: &Limits| {
            let allowed = limits.allowed.as_ref();
            allowed.is_some_and(|allowed| !allowed.includes(&entry))
        };
        self.violation(lacks, || {
            let whole: Union = [entry].into_iter().collect();
            let lists = [&self.block, &self.environment].map(|limits| limits.allowed.as_ref());
            let inside = lists
                .into_iter()
                .flatten()
                .fold(whole.clone(), |inside, allowed| {
                    inside.without(&inside.without(allowed))
                });
            Excess::Outside {
                entry: text,
                size: whole.size(),
                outside: whole.without(&inside).size(),
            }
        })
    }

    /// A limit that counts where one source or both say so.
    fn violation<'a>(
        &self,
        is_missed: impl Fn(&Limits) -> bool,
        excess: impl FnOnce() -> Excess<'a>,
    ) -> Option<Violation<'a>> {
        let missed = self
            .sources()
            .into_iter()
            .filter(|(_, _, limits)| is_missed(limits));
        let (sources, enforcement): (Vec<_>, Vec<_>) = missed
            .map(|(source, enforcement, _)| (source, enforcement))
            .unzip();
        Some(Violation {
            enforcement: enforcement.into_iter().max()?,
            sources,
            excess: excess(),
        })
    }

    /// Each source with what a violation of its limits does. The environment's word counts for its own limits, and makes those
    /// of the block stricter, but not laxer.
    fn sources(&self) -> [(Source, Enforcement, &Limits); 2] {
        let of_block = self.block.enforcement.unwrap_or(Enforcement::Error);
        let of_environment = self.environment.enforcement;
        [
            (
                Source::Block,
                of_environment.map_or(of_block, |it| it.max(of_block)),
                &self.block,
            ),
            (
                Source::Environment,
                of_environment.unwrap_or(Enforcement::Error),
                &self.environment,
            ),
        ]
    }
}

#[cfg(test)]
mod tests;
