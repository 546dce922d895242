//! `CallFunction`: results, errors, and arguments that a host should have kept away.

use super::*;

fn list(elements: impl IntoIterator<Item = Value>) -> DynamicValue {
    let list = Value::List(elements.into_iter().collect());
    encode(&list, &Type::String.list()).unwrap()
}

async fn call(arguments: Vec<DynamicValue>) -> wire::call_function::Response {
    let request = wire::call_function::Request {
        name: "length".to_owned(),
        arguments,
    };
    let answer = service().call_function(Request::new(request)).await;
    answer.unwrap().into_inner()
}

fn result(answer: &wire::call_function::Response) -> Value {
    assert_eq!(answer.error, None);
    let result = answer.result.as_ref().expect("a result");
    codec::decode(&result.msgpack, &result.json, &Type::Number).unwrap()
}

/// The text of an error and its argument.
fn error(answer: wire::call_function::Response) -> (String, Option<i64>) {
    assert_eq!(answer.result, None);
    let error = answer.error.expect("an error");
    (error.text, error.function_argument)
}

#[tokio::test]
async fn a_function_answers_a_result_or_an_error_at_its_argument() {
    let two = call(vec![list(["a".into(), "b".into()])]).await;
    assert_eq!(result(&two), 2_i64.into());
    let empty = call(vec![list([])]).await;
    assert_eq!(
        error(empty),
        ("the list is empty".to_owned(), Some(0)),
        "the host puts the full stop"
    );
}

#[tokio::test]
async fn an_unknown_argument_makes_the_result_unknown_be_it_only_in_part() {
    let whole = encode(&Value::Unknown, &Type::String.list()).unwrap();
    for argument in [whole, list(["a".into(), Value::Unknown])] {
        assert_eq!(result(&call(vec![argument]).await), Value::Unknown);
    }
}

#[tokio::test]
async fn a_null_argument_is_an_error_however_it_is_written() {
    let null = encode(&Value::Null, &Type::String.list()).unwrap();
    // OpenTofu writes null as nothing at all.
    for argument in [null, DynamicValue::default()] {
        let (text, argument) = error(call(vec![argument]).await);
        assert!(text.contains("`list` must not be null"), "{text}");
        assert_eq!(argument, Some(0));
    }
}

#[tokio::test]
async fn too_few_too_many_and_broken_arguments_are_errors() {
    let (text, argument) = error(call(vec![]).await);
    assert!(text.contains("1 arguments are needed"), "{text}");
    assert_eq!(argument, None);
    let (text, argument) = error(call(vec![list(["a".into()]), list([])]).await);
    assert!(text.contains("at most 1"), "{text}");
    assert_eq!(argument, Some(1));
    let broken = DynamicValue {
        msgpack: b"\xc1".to_vec().into(),
        ..DynamicValue::default()
    };
    let (text, argument) = error(call(vec![broken]).await);
    assert!(text.contains("argument `list`"), "{text}");
    assert_eq!(argument, Some(0));
}

#[tokio::test]
async fn an_unknown_function_is_an_error() {
    let request = wire::call_function::Request {
        name: "width".to_owned(),
        arguments: Vec::new(),
    };
    let answer = service().call_function(Request::new(request)).await;
    let (text, _) = error(answer.unwrap().into_inner());
    assert!(text.contains("no function of this name"), "{text}");
}
