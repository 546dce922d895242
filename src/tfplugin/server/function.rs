//! `CallFunction`: pure functions.

use std::sync::Arc;

use super::shared::Shared;
use crate::tfplugin::convert::function::error_to_wire;
use crate::tfplugin::convert::value::{from_wire, to_wire};
use crate::tfplugin::diagnostics::Diagnostics;
use crate::tfplugin::function::{FunctionError, Signature};
use crate::tfplugin::generated::DynamicValue;
use crate::tfplugin::generated::call_function::{Request, Response};
use crate::tfplugin::value::Value;

pub(super) async fn call(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let Some((function, signature)) = shared.catalog().functions.get(request.name.as_str()) else {
        let detail = "This release of the provider has no function of this name.";
        return Err(Diagnostics::from_error("Unknown function", detail));
    };
    let result =
        arguments(signature, &request.arguments).and_then(|arguments| function.call(&arguments));
    match result {
        Ok(value) => Ok(Response {
            result: Some(to_wire(&value, &signature.result, "the result")?),
            error: None,
        }),
        Err(error) => Ok(Response {
            result: None,
            error: Some(error_to_wire(error)),
        }),
    }
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
        return Err(FunctionError {
            text,
            argument: None,
        });
    }
    let decode = |(position, message): (usize, &DynamicValue)| {
        let parameter = signature
            .parameters
            .get(position)
            .or(signature.variadic.as_ref());
        let Some(parameter) = parameter else {
            let text = format!("at most {} arguments are taken", signature.parameters.len());
            return Err(FunctionError {
                text,
                argument: Some(position),
            });
        };
        from_wire(
            Some(message),
            &parameter.ty,
            &format!("argument `{}`", parameter.name),
        )
        .map_err(|diagnostics| {
            let text = diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.detail)
                .collect();
            FunctionError {
                text,
                argument: Some(position),
            }
        })
    };
    messages.iter().enumerate().map(decode).collect()
}
