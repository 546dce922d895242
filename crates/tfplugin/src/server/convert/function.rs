//! Function signatures and errors to their messages.

use crate::function::{FunctionError, Parameter, Signature};
use crate::server::generated as wire;

/// The message of a signature.
pub(crate) fn to_wire(signature: &Signature) -> wire::Function {
    wire::Function {
        parameters: signature.parameters.iter().map(parameter_to_wire).collect(),
        variadic_parameter: signature.variadic.as_ref().map(parameter_to_wire),
        r#return: Some(wire::function::Return {
            r#type: signature.result.to_json().into(),
        }),
        summary: signature.summary.clone(),
        description: signature.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
        deprecation_message: String::new(),
    }
}

/// The message of an error.
pub(crate) fn error_to_wire(error: &FunctionError) -> wire::FunctionError {
    let argument = error
        .argument
        .and_then(|argument| i64::try_from(argument).ok());
    wire::FunctionError {
        text: error.text.trim_end_matches('.').to_owned(),
        function_argument: argument,
    }
}

fn parameter_to_wire(parameter: &Parameter) -> wire::function::Parameter {
    wire::function::Parameter {
        name: parameter.name.clone(),
        r#type: parameter.ty.to_json().into(),
        allow_null_value: parameter.allow_null,
        allow_unknown_values: parameter.allow_unknown,
        description: parameter.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
    }
}
