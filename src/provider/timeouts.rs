//! The `timeouts` block that every resource has.

use std::time::Duration;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, Block, BlockNesting, NestedBlock};
use tfplugin::value::Value;

use super::duration::parse_duration;
use crate::vonage::Operation;

/// How long an operation may take where the block does not say. Enough for a batch that waits for the rate limit.
const DEFAULT: Duration = Duration::from_mins(5);

/// What a timeout is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timeout {
    Create,
    Read,
    Update,
    Delete,
}

impl Timeout {
    const ALL: [Self; 4] = [Self::Create, Self::Read, Self::Update, Self::Delete];

    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// How long the operation may take for an object with these attributes.
    fn of(self, object: &Value) -> Duration {
        let text = object
            .attribute("timeouts")
            .string_field(self.name())
            .known();
        // The text was checked when it was planned.
        text.and_then(|text| parse(text).ok()).unwrap_or(DEFAULT)
    }

    /// The operation on an object with these attributes, begun now.
    pub(super) fn begin(self, context: &Context, object: &Value) -> Operation {
        Operation::new(self.of(object), context.cancel.clone())
    }
}

/// The block's schema.
pub(super) fn block() -> NestedBlock {
    let attribute = |timeout: Timeout| {
        Attribute::string(timeout.name()).description(&format!(
            "How long {} may take altogether, as a duration such as `\"30s\"` or `\"2m\"`. Default: `\"5m\"`.",
            match timeout {
                Timeout::Create => "creation, with the wait until a read shows the object,",
                Timeout::Read => "a read",
                Timeout::Update => "a change, with the wait until a read shows it,",
                Timeout::Delete => "deletion, with the wait until a read shows that the object is gone,",
            }
        ))
    };
    let block = Block {
        attributes: Timeout::ALL.map(attribute).into(),
        description: "How long each operation may take, retries and waits included.".to_owned(),
        ..Block::default()
    };
    NestedBlock {
        name: "timeouts".to_owned(),
        nesting: BlockNesting::Single,
        block,
    }
}

/// Checks the block of a configuration.
pub(super) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for timeout in Timeout::ALL {
        let Some(text) = config
            .attribute("timeouts")
            .string_field(timeout.name())
            .known()
        else {
            continue;
        };
        if let Err(error) = parse(text) {
            let shown: String = text.chars().take(40).collect();
            diagnostics.error(
                AttributePath::root("timeouts").attribute(timeout.name()),
                "Invalid timeout",
                format!("{shown:?} cannot be used: {error}."),
            );
        }
    }
    diagnostics
}

fn parse(text: &str) -> Result<Duration, String> {
    match parse_duration(text) {
        Ok(Duration::ZERO) => Err("it leaves no time at all".to_owned()),
        Ok(duration) => Ok(duration),
        Err(error) => Err(error.to_string()),
    }
}
