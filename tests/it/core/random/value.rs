//! Random known values of a type.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tfplugin::types::Type;
use tfplugin::value::Value;

/// A value that is not null. Texts and numbers are few, so that values are often equal.
pub(crate) fn values(ty: &Type) -> BoxedStrategy<Value> {
    match ty {
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Number => (-2_i64..3).prop_map(Value::from).boxed(),
        Type::String => "[ab]{0,2}".prop_map(Value::String).boxed(),
        Type::List(element) => vec(values(element), 0..3).prop_map(Value::List).boxed(),
        Type::Set(element) => vec(values(element), 0..3).prop_map(Value::set).boxed(),
        Type::Map(element) => btree_map("[ab]", values(element), 0..3)
            .prop_map(Value::Map)
            .boxed(),
        Type::Tuple(elements) => {
            let elements: Vec<_> = elements.iter().map(values).collect();
            elements.prop_map(Value::Tuple).boxed()
        }
        Type::Object(attributes) => {
            let names: Vec<_> = attributes.keys().cloned().collect();
            let attributes: Vec<_> = attributes.values().map(values).collect();
            attributes
                .prop_map(move |values| Value::Object(names.iter().cloned().zip(values).collect()))
                .boxed()
        }
        Type::Dynamic => prop_oneof![
            Just(Type::Bool),
            Just(Type::Number),
            Just(Type::String.list()),
            Just(Type::Tuple(vec![Type::String, Type::Bool])),
        ]
        .prop_flat_map(|ty| {
            let values = values(&ty);
            values.prop_map(move |value| Value::Dynamic(Box::new((ty.clone(), value))))
        })
        .boxed(),
    }
}
