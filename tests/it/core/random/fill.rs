//! What a provider makes of the unknown values of a plan.

use std::collections::BTreeMap;

use tfplugin::schema::{Attribute, AttributeKind, Block, Mode, ObjectNesting};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::Choices;

/// The plan with every unknown value replaced by some other, now and then by null.
pub(crate) fn fill(block: &Block, planned: Value, choices: &mut Choices) -> Value {
    let Value::Object(mut members) = planned else {
        return planned;
    };
    fill_attributes(&block.attributes, &mut members, choices);
    for nested in &block.blocks {
        if let Some(value) = members.remove(&nested.name) {
            let value = each(value, &mut |object| fill(&nested.block, object, choices));
            members.insert(nested.name.clone(), value);
        }
    }
    Value::Object(members)
}

fn fill_attributes(
    attributes: &[Attribute],
    members: &mut BTreeMap<String, Value>,
    choices: &mut Choices,
) {
    for attribute in attributes {
        let value = members.remove(&attribute.name).unwrap_or(Value::Null);
        let value = match (&attribute.kind, value) {
            (_, Value::Unknown) => invent(attribute, choices),
            (AttributeKind::Plain(_), value) => value,
            (AttributeKind::Nested(_, inner), value) => each(value, &mut |object| match object {
                Value::Object(mut members) => {
                    fill_attributes(inner, &mut members, choices);
                    Value::Object(members)
                }
                other => other,
            }),
        };
        members.insert(attribute.name.clone(), value);
    }
}

fn each(value: Value, change: &mut dyn FnMut(Value) -> Value) -> Value {
    match value {
        Value::List(elements) => Value::List(elements.into_iter().map(change).collect()),
        Value::Set(elements) => Value::set(elements.into_iter().map(change).collect::<Vec<_>>()),
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key, change(value)))
                .collect(),
        ),
        Value::Object(_) => change(value),
        other => other,
    }
}

fn invent(attribute: &Attribute, choices: &mut Choices) -> Value {
    if choices.one_in(4) {
        return Value::Null;
    }
    let (nesting, inner) = match &attribute.kind {
        AttributeKind::Plain(ty) => return of_type(ty, choices),
        AttributeKind::Nested(nesting, inner) => (nesting, inner),
    };
    // What only a configuration can give stays null, or core would think that there has been one.
    let members = inner.iter().map(|it| {
        let value = match it.mode {
            Mode::Computed | Mode::OptionalComputed => invent(it, choices),
            Mode::Required | Mode::Optional => Value::Null,
        };
        (it.name.clone(), value)
    });
    let object = Value::Object(members.collect());
    match nesting {
        ObjectNesting::Single => object,
        ObjectNesting::List => Value::List(vec![object]),
        ObjectNesting::Set => Value::Set(vec![object]),
        ObjectNesting::Map => Value::Map([("made".to_owned(), object)].into()),
    }
}

fn of_type(ty: &Type, choices: &mut Choices) -> Value {
    match ty {
        Type::Bool => choices.one_in(2).into(),
        Type::Number => i64::try_from(choices.below(3)).unwrap_or(0).into(),
        Type::String => format!("made-{}", choices.below(3)).into(),
        Type::List(element) => Value::List(vec![of_type(element, choices)]),
        Type::Set(element) => Value::Set(vec![of_type(element, choices)]),
        Type::Map(element) => Value::Map([("made".to_owned(), of_type(element, choices))].into()),
        Type::Tuple(elements) => {
            Value::Tuple(elements.iter().map(|ty| of_type(ty, choices)).collect())
        }
        Type::Object(attributes) => Value::Object(
            attributes
                .iter()
                .map(|(name, ty)| (name.clone(), of_type(ty, choices)))
                .collect(),
        ),
        Type::Dynamic => Value::Dynamic(Box::new((Type::String, of_type(&Type::String, choices)))),
    }
}
