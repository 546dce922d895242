//! The block `acl_policy` and its variables: what they may be, and how they become a policy.

use std::ops::RangeInclusive;

use tfplugin::diagnostics::{Diagnosed, Diagnostic, Diagnostics, Severity};
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::schema::{Attribute, Block, BlockNesting, NestedBlock};
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::acl::{Entry, Union};
use crate::env::Environment;
use crate::provider::acl_policy::{
    ALLOWED, AclPolicy, Enforcement, Limit, Limits, MAX_ADDRESSES, REQUIRE_TLS, Source,
};
use crate::provider::shortened::shortened;

const BLOCK: &str = "acl_policy";
const ENFORCEMENT: Limit = Limit {
    attribute: "enforcement",
    variable: "VONAGE_ACL_ENFORCEMENT",
};

/// All of IPv4 would be no limit; and to admit nobody, `allowed` is the word.
const ADDRESSES: RangeInclusive<u64> = 1..=0xffff_ffff;

pub(super) fn block() -> NestedBlock {
    let attribute = |attribute: Attribute, limit: Limit, description: &str| {
        attribute.description(&format!("{description} Environment: `{}`.", limit.variable))
    };
    NestedBlock {
        name: BLOCK.to_owned(),
        nesting: BlockNesting::Single,
        block: Block {
            attributes: vec![
                attribute(
                    Attribute::new(ALLOWED.attribute, Type::String.set()),
                    ALLOWED,
                    "Addresses and prefixes in CIDR notation: every entry of an ACL must lie inside their union. An empty set allows \
                     no entry. In the environment, they are separated by commas.",
                ),
                attribute(
                    Attribute::string(ENFORCEMENT.attribute),
                    ENFORCEMENT,
                    "What a plan does where an ACL breaks a limit: it fails (`\"error\"`) or goes on (`\"warning\"`). Default: \
                     `\"error\"`.",
                ),
                attribute(
                    Attribute::number(MAX_ADDRESSES.attribute),
                    MAX_ADDRESSES,
                    "How many IPv4 addresses the entries of one ACL may admit together, from 1 to 4294967295; what overlaps counts \
                     once. IPv6 is not counted: `allowed` without an IPv6 prefix keeps it out.",
                ),
                attribute(
                    Attribute::bool(REQUIRE_TLS.attribute),
                    REQUIRE_TLS,
                    "Whether every domain must have `tls = \"always\"`. Default: `false`.",
                ),
            ],
            description: "What every `vonage_sip_domain` must keep to. A plan that creates or changes `acl` or `tls` against it fails; \
                          what stands unchanged only warns. The environment can only tighten it: the lower number counts, an entry \
                          must lie in both lists, and a limit from the environment is an error unless `VONAGE_ACL_ENFORCEMENT` is \
                          `warning`."
                .to_owned(),
            ..Block::default()
        },
    }
}

/// The policy of the block and the environment, with everything that is wrong with it.
pub(super) fn read(config: &Value, environment: &dyn Environment) -> Diagnosed<AclPolicy> {
    let mut reader = Reader {
        source: Source::Block,
        diagnostics: Diagnostics::new(),
    };
    let block = reader.block(config.attribute(BLOCK));
    reader.source = Source::Environment;
    let policy = AclPolicy {
        block,
        environment: reader.environment(environment),
    };
    if !reader.diagnostics.has_errors() && policy.contradicts_itself() {
        reader.diagnostics.error(
            path(ALLOWED),
            "The ACL policy contradicts itself",
            format!(
                "{} and {} have no address in common, so that no entry can keep to both. The environment can only tighten what the \
                 block allows: let one of them allow what the other does.",
                ALLOWED.place(Source::Block),
                ALLOWED.place(Source::Environment)
            ),
        );
    }
    Diagnosed {
        value: policy,
        diagnostics: reader.diagnostics,
    }
}

struct Reader {
    source: Source,
    diagnostics: Diagnostics,
}

impl Reader {
    fn block(&mut self, block: &Value) -> Limits {
        let text = |limit: Limit| block.string_field(limit.attribute);
        let number = block.number_field(MAX_ADDRESSES.attribute).known();
        let elements = block.elements_field(ALLOWED.attribute).known();
        Limits {
            enforcement: match text(ENFORCEMENT) {
                Field::Null => None,
                // It must not fail the plan, and counts when it is applied.
                Field::Unknown => Some(Enforcement::Warning),
                Field::Known(text) => self.keep(ENFORCEMENT, enforcement(text)),
            },
            max_addresses: number
                .and_then(|number| self.keep(MAX_ADDRESSES, addresses(&number.to_string()))),
            allowed: elements.and_then(|elements| self.elements(elements)),
            require_tls: block.bool_field(REQUIRE_TLS.attribute) == Field::Known(true),
        }
    }

    fn environment(&mut self, environment: &dyn Environment) -> Limits {
        let [enforced, number, list, tls] =
            [ENFORCEMENT, MAX_ADDRESSES, ALLOWED, REQUIRE_TLS].map(|limit| {
                if environment.is_not_unicode(limit.variable) {
                    self.problem(limit, "is not Unicode.");
                }
                environment.get(limit.variable)
            });
        Limits {
            enforcement: enforced.and_then(|text| self.keep(ENFORCEMENT, enforcement(&text))),
            max_addresses: number.and_then(|text| self.keep(MAX_ADDRESSES, addresses(&text))),
            allowed: list.map(|text| self.list(&text)),
            require_tls: tls
                .and_then(|text| self.keep(REQUIRE_TLS, truth(&text)))
                .unwrap_or_default(),
        }
    }

    /// The union of these elements, unless one is not known: it might allow anything.
    fn elements(&mut self, elements: &[Value]) -> Option<Union> {
        let texts = elements.iter().filter_map(Value::as_str);
        let union = self.prefixes(texts);
        if elements.iter().any(Value::is_null) {
            self.problem(
                ALLOWED,
                "has a null element. Remove it, for example with `compact()`.",
            );
        }
        let is_known = !elements.iter().any(Value::is_unknown);
        is_known.then_some(union)
    }

    /// Texts between commas; a comma may end the list.
    fn list(&mut self, text: &str) -> Union {
        let texts = text.split(',').map(str::trim);
        let mut texts = texts.filter(|text| !text.is_empty()).peekable();
        if texts.peek().is_none() {
            self.problem(
                ALLOWED,
                "has no prefix in it. Unset the variable to allow what the provider block allows.",
            );
        }
        self.prefixes(texts)
    }

    fn prefixes<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> Union {
        let mut mistakes = Vec::new();
        let entries = texts.filter_map(|text| {
            let mistake = match Entry::parse(text) {
                Ok(entry) => return Some(entry),
                Err(mistake) => mistake.explain_address(text),
            };
            mistakes.push(Diagnostic {
                severity: Severity::Error,
                summary: self.summary(ALLOWED),
                detail: format!("In {}, {mistake}", ALLOWED.place(self.source)),
                path: path(ALLOWED).key(text),
            });
            None
        });
        let union = entries.collect();
        self.diagnostics.append(shortened(mistakes));
        union
    }

    fn keep<T>(&mut self, limit: Limit, value: Result<T, String>) -> Option<T> {
        value.map_err(|what| self.problem(limit, &what)).ok()
    }

    /// A value that cannot be used; `what` continues the sentence `The value of … `.
    fn problem(&mut self, limit: Limit, what: &str) {
        let detail = format!("The value of {} {what}", limit.place(self.source));
        self.diagnostics
            .error(path(limit), self.summary(limit), detail);
    }

    fn summary(&self, limit: Limit) -> String {
        match self.source {
            Source::Block => format!("Invalid {}", path(limit)),
            Source::Environment => format!("Invalid {}", limit.variable),
        }
    }
}

fn path(limit: Limit) -> AttributePath {
    AttributePath::root(BLOCK).attribute(limit.attribute)
}

fn enforcement(text: &str) -> Result<Enforcement, String> {
    match text {
        "error" => Ok(Enforcement::Error),
        "warning" => Ok(Enforcement::Warning),
        _ => Err(is_not(text, "`error` or `warning`")),
    }
}

fn addresses(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|it| ADDRESSES.contains(it));
    number.ok_or_else(|| {
        let (least, most) = (ADDRESSES.start(), ADDRESSES.end());
        is_not(text, &format!("a whole number from {least} to {most}"))
    })
}

fn truth(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| is_not(text, "`true` or `false`"))
}

fn is_not(text: &str, expected: &str) -> String {
    let shown: String = text.chars().take(60).collect();
    format!("is {shown:?}, which is not {expected}.")
}

#[cfg(test)]
mod tests;
