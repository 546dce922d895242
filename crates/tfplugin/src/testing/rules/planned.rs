//! What core demands of a plan: nothing in it contradicts the configuration, but for values that were there before and
//! values that are the provider's to give.

use crate::path::{AttributePath, Step};
use crate::testing::messages::schema::{Attribute, Block, NestedBlock, Object, nested_block};
use crate::value::Value;

use super::types::inner;
use super::values::at;

/// Every contradiction in a plan, each with its path. `prior` is null for a creation.
pub fn problems(schema: &Block, prior: &Value, config: &Value, planned: &Value) -> Vec<String> {
    let mut check = Check::default();
    check.block("", schema, prior, config, planned);
    check.found
}

/// The paths that need a new object, of those that the provider names: where prior and planned value differ.
///
/// # Errors
/// A path that leads nowhere in either value.
pub fn replacing(
    prior: &Value,
    planned: &Value,
    named: &[AttributePath],
) -> Result<Vec<AttributePath>, String> {
    let mut replacing = Vec::new();
    for path in named {
        let (before, after) = (follow(prior, path), follow(planned, path));
        if before.is_none() && after.is_none() {
            return Err(format!("{path} is in neither prior nor planned state"));
        }
        if !prior.is_null() && before.unwrap_or(&Value::Null) != after.unwrap_or(&Value::Null) {
            replacing.push(path.clone());
        }
    }
    Ok(replacing)
}

fn follow<'a>(value: &'a Value, path: &AttributePath) -> Option<&'a Value> {
    path.steps()
        .iter()
        .try_fold(value, |value, step| match step {
            Step::Attribute(key) | Step::Key(key) => value.as_entries()?.get(key),
            Step::Index(index) => value.as_elements()?.get(usize::try_from(*index).ok()?),
        })
}

#[derive(Default)]
struct Check {
    found: Vec<String>,
}

impl Check {
    fn problem(&mut self, path: &str, problem: &str) {
        self.found.push(format!("{path}: {problem}"));
    }

    fn block(&mut self, path: &str, block: &Block, prior: &Value, config: &Value, planned: &Value) {
        match (config.is_null(), planned.is_null()) {
            (true, true) => {}
            (true, false) => self.problem(path, "planned, but the configuration has none"),
            (false, true) => self.problem(path, "in the configuration, but not planned"),
            (false, false) => {
                self.attributes(path, &block.attributes, prior, config, planned);
                for nested in &block.block_types {
                    let name = &nested.type_name;
                    let [prior, config, planned] =
                        [prior, config, planned].map(|value| value.attribute(name));
                    self.blocks(&format!("{path}.{name}"), nested, prior, config, planned);
                }
            }
        }
    }

    fn blocks(
        &mut self,
        path: &str,
        nested: &NestedBlock,
        prior: &Value,
        config: &Value,
        planned: &Value,
    ) {
        use nested_block::NestingMode;
        let block = inner(nested);
        if planned.is_null() && nested.nesting() != NestingMode::Single {
            return self.problem(path, "null in the place of no blocks");
        }
        if planned == config || (block.computed && config.is_null()) {
            return;
        }
        if config.is_unknown() {
            return self.problem(path, "blocks that are not known yet were changed");
        }
        if planned.is_unknown() {
            return self.problem(path, "blocks of the configuration became unknown");
        }
        match nested.nesting() {
            NestingMode::Single | NestingMode::Group => {
                self.block(path, block, prior, config, planned);
            }
            // Elements of a set have no names to compare them by, and the provider is trusted.
            NestingMode::Set => {
                let planned = planned.as_elements().unwrap_or_default();
                if planned.iter().any(Value::is_unknown) {
                    self.problem(path, "an unknown block");
                }
            }
            _ => self.elements(path, config, planned, |check, path, key| {
                let [prior, config, planned] = [prior, config, planned].map(|it| key.of(it));
                if planned.is_unknown() {
                    check.problem(path, "an unknown block");
                } else {
                    check.block(path, block, prior, config, planned);
                }
            }),
        }
    }

    fn attributes(
        &mut self,
        path: &str,
        attributes: &[Attribute],
        prior: &Value,
        config: &Value,
        planned: &Value,
    ) {
        for attribute in attributes {
            let name = &attribute.name;
            let [prior, config, planned] =
                [prior, config, planned].map(|value| value.attribute(name));
            self.attribute(&format!("{path}.{name}"), attribute, prior, config, planned);
        }
    }

    fn attribute(
        &mut self,
        path: &str,
        attribute: &Attribute,
        prior: &Value,
        config: &Value,
        planned: &Value,
    ) {
        let is_kept = planned == prior && !prior.is_null() && !config.is_null();
        if planned == config || is_kept {
            return;
        }
        if attribute.write_only {
            if !planned.is_null() {
                self.problem(path, "a write-only value is planned");
            }
            return;
        }
        let is_the_providers = attribute.computed && (!attribute.optional || config.is_null());
        if is_the_providers {
            return;
        }
        match &attribute.nested_type {
            _ if config.is_null() => self.problem(path, "a value that nobody may give"),
            Some(nested) => self.objects(path, nested, prior, config, planned),
            None => self.problem(path, "neither the configuration's value nor the prior one"),
        }
    }

    /// The configuration is not null here.
    fn objects(
        &mut self,
        path: &str,
        nested: &Object,
        prior: &Value,
        config: &Value,
        planned: &Value,
    ) {
        if planned.is_null() {
            return self.problem(path, "in the configuration, but not planned");
        }
        if planned.is_unknown() {
            return self.problem(path, "a value of the configuration became unknown");
        }
        if let Value::Object(_) = planned {
            return self.attributes(path, &nested.attributes, prior, config, planned);
        }
        if let Value::Set(_) = planned {
            // Here, too, the provider is trusted, but for their number, where that is known.
            if config.is_wholly_known() && Key::all(config) != Key::all(planned) {
                self.problem(path, "another number of elements than in the configuration");
            }
            return;
        }
        self.elements(path, config, planned, |check, path, key| {
            let [prior, config, planned] = [prior, config, planned].map(|it| key.of(it));
            check.attributes(path, &nested.attributes, prior, config, planned);
        });
    }

    /// Compares the elements of two collections one by one, where these have as many, of the same names.
    fn elements(
        &mut self,
        path: &str,
        config: &Value,
        planned: &Value,
        mut each: impl FnMut(&mut Self, &str, &Key),
    ) {
        let (wanted, planned) = (Key::all(config), Key::all(planned));
        if planned != wanted {
            return self.problem(path, "other elements than in the configuration");
        }
        for key in &planned {
            each(self, &format!("{path}[{key:?}]"), key);
        }
    }
}

/// What names an element of a collection.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Index(usize),
    Name(String),
}

impl Key {
    fn all(value: &Value) -> Vec<Self> {
        match value {
            Value::Map(entries) => entries.keys().cloned().map(Self::Name).collect(),
            _ => (0..value.as_elements().map_or(0, <[Value]>::len))
                .map(Self::Index)
                .collect(),
        }
    }

    /// The element of this name; null where there is none.
    fn of<'a>(&self, value: &'a Value) -> &'a Value {
        match self {
            Self::Index(index) => at(value, *index),
            Self::Name(name) => {
                let entries = value.as_entries();
                entries.and_then(|it| it.get(name)).unwrap_or(&Value::Null)
            }
        }
    }
}
