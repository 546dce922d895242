//! `CallFunction`: pure functions.

use std::sync::Arc;

use super::convert::function::error_to_wire;
use super::convert::value::{from_wire, to_wire};
use super::generated::DynamicValue;
use super::generated::call_function::{Request, Response};
use super::shared::Shared;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, FunctionError, Parameter, Signature};
use crate::value::Value;

pub(super) async fn call(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let Some((function, signature)) = shared.catalog().functions.get(request.name.as_str()) else {
        let detail = "This release of the provider has no function of this name.";
        return Err(Diagnostics::from_error("Unknown function", detail));
    };
    let result = arguments(signature, &request.arguments)
        .and_then(|arguments| result(&**function, signature, &arguments));
    match result {
        Ok(value) => Ok(Response {
            result: Some(to_wire(&value, &signature.result, "the result")?),
            error: None,
        }),
        Err(error) => Ok(Response {
            result: None,
            error: Some(error_to_wire(&error)),
        }),
    }
}

/// Null and unknown arguments are the host's to keep away where the signature does not take them; not every host does,
/// and none looks for both everywhere.
fn result(
    function: &dyn Function,
    signature: &Signature,
    arguments: &[Value],
) -> Result<Value, FunctionError> {
    let mut unknown = false;
    for (position, argument) in arguments.iter().enumerate() {
        let Some(parameter) = parameter(signature, position) else {
            continue;
        };
        if argument.is_null() && !parameter.allow_null {
            let text = format!("argument `{}` must not be null", parameter.name);
            return Err(error(text, Some(position)));
        }
        unknown |= !parameter.allow_unknown && !argument.is_wholly_known();
    }
    if unknown {
        Ok(Value::Unknown)
    } else {
        function.call(arguments)
    }
}

fn parameter(signature: &Signature, position: usize) -> Option<&Parameter> {
    let of_position = signature.parameters.get(position);
    of_position.or(signature.variadic.as_ref())
}

fn arguments(
    signature: &Signature,
    messages: &[DynamicValue],
) -> Result<Vec<Value>, FunctionError> {
    if messages.len() < signature.parameters.len() {
        let text = format!(
            "{} arguments are needed, {} were given",
            signature.parameters.len(),
            messages.len()
        );
        return Err(error(text, None));
    }
    let decode = |(position, message): (usize, &DynamicValue)| {
        let Some(parameter) = parameter(signature, position) else {
            let text = format!("at most {} arguments are taken", signature.parameters.len());
            return Err(error(text, Some(position)));
        };
        let what = format!("argument `{}`", parameter.name);
        from_wire(Some(message), &parameter.ty, &what).map_err(|diagnostics| {
            let details = diagnostics.into_iter().map(|diagnostic| diagnostic.detail);
            error(details.collect(), Some(position))
        })
    };
    messages.iter().enumerate().map(decode).collect()
}

fn error(text: String, argument: Option<usize>) -> FunctionError {
    FunctionError { text, argument }
}
