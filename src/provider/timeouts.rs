//! The `timeouts` block that every resource has.

use std::time::Duration;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, Block, BlockNesting, NestedBlock};
use tfplugin::value::Value;

use super::duration::parse_duration;
use crate::vonage::Operation;

const BLOCK: &str = "timeouts";

/// How long an operation may take where the block does not say. Enough for a batch that waits for the rate limit.
const DEFAULT: Duration = Duration::from_mins(5);

/// An attribute of the block, and what it limits.
pub(super) struct Timeout(&'static str, &'static str);

impl Timeout {
    pub(super) const CREATE: Self = Self(
        "create",
        "creation, with the wait until a read shows the object,",
    );
    pub(super) const READ: Self = Self("read", "a read");
    pub(super) const UPDATE: Self =
        Self("update", "a change, with the wait until a read shows it,");
    pub(super) const DELETE: Self = Self(
        "delete",
        "deletion, with the wait until a read shows that the object is gone,",
    );
    const ALL: [Self; 4] = [Self::CREATE, Self::READ, Self::UPDATE, Self::DELETE];
}

/// The block of an object, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Timeouts(Value);

impl Timeouts {
    pub(super) fn of(object: &Value) -> Self {
        Self(object.attribute(BLOCK).clone())
    }

    /// The block as an attribute of its object.
    pub(super) fn into_attribute(self) -> (&'static str, Value) {
        (BLOCK, self.0)
    }

    /// An operation on the object, begun now.
    pub(super) fn begin(&self, Timeout(name, _): Timeout, context: &Context) -> Operation {
        let text = self.0.string_field(name).known();
        // The text was checked when it was planned.
        let duration = text.and_then(|text| parse(text).ok()).unwrap_or(DEFAULT);
        Operation::new(duration, context.cancel.clone())
    }

    /// An error for each text that is no duration.
    pub(super) fn check(&self) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        for Timeout(name, _) in Timeout::ALL {
            if let Some(text) = self.0.string_field(name).known()
                && let Err(error) = parse(text)
            {
                let shown: String = text.chars().take(40).collect();
                diagnostics.error(
                    AttributePath::root(BLOCK).attribute(name),
                    "Invalid timeout",
                    format!("{shown:?} cannot be used: {error}."),
                );
            }
        }
        diagnostics
    }
}

pub(super) fn block() -> NestedBlock {
    let attribute = |Timeout(name, what)| {
        Attribute::string(name).description(&format!(
            "How long {what} may take altogether, as a duration such as `\"30s\"` or `\"2m\"`. Default: `\"5m\"`."
        ))
    };
    let block = Block {
        attributes: Timeout::ALL.map(attribute).into(),
        description: "How long each operation may take, retries and waits included.".to_owned(),
        ..Block::default()
    };
    NestedBlock {
        name: BLOCK.to_owned(),
        nesting: BlockNesting::Single,
        block,
    }
}

fn parse(text: &str) -> Result<Duration, String> {
    match parse_duration(text) {
        Ok(Duration::ZERO) => Err("it leaves no time at all".to_owned()),
        Ok(duration) => Ok(duration),
        Err(error) => Err(error.to_string()),
    }
}
