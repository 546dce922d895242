//! What the author of a provider writes: a pure function.

use super::types::Type;
use super::value::Value;

/// A function of values: no network, no clock, the same result for the same arguments.
pub trait Function: Send + Sync + 'static {
    /// The name, without the provider's.
    fn name(&self) -> &'static str;

    /// The parameters and the result.
    fn signature(&self) -> Signature;

    /// The result for arguments that conform to the signature: as many as it has, null or unknown only where it says so.
    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError>;
}

/// The parameters and the result of a function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The parameter that takes all further arguments.
    pub variadic: Option<Parameter>,
    /// The type of the result.
    pub result: Type,
    /// What it does, in a few words.
    pub summary: String,
    /// What it does, in Markdown.
    pub description: String,
}

/// One parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name, for documentation.
    pub name: String,
    /// The type of the argument.
    pub ty: Type,
    /// Whether null is an argument, or an error.
    pub allow_null: bool,
    /// Whether a value that is not wholly known is an argument, or makes the result unknown.
    pub allow_unknown: bool,
    /// What it is for, in Markdown.
    pub description: String,
}

impl Parameter {
    /// A parameter whose argument is a value, neither null nor unknown.
    pub fn new(name: &str, ty: Type, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            allow_null: false,
            allow_unknown: false,
            description: description.to_owned(),
        }
    }
}

/// Why a function has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    /// What is wrong, and what to do. Hosts put the full stop after it.
    pub text: String,
    /// The position of the argument that is at fault, from 0.
    pub argument: Option<usize>,
}
