//! Random types, and random values of them, for property tests.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

/// Numbers on both sides of where the format changes.
const EDGES: &[i64] = &[0, -1, 127, 128, -32, -33, 255, 256, -128, -129, 65_536];

/// Lengths of text on both sides of where the format changes.
const LENGTHS: &[usize] = &[31, 32, 255, 256, 65_535, 65_536];

/// Whether values may be unknown, in whole or in part.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Known {
    #[cfg_attr(
        not(feature = "testing"),
        expect(dead_code, reason = "for the tests of the host's JSON")
    )]
    Wholly,
    Partly,
}

/// Any type.
pub(crate) fn types() -> BoxedStrategy<Type> {
    types_of(prop_oneof![primitives(), Just(Type::Dynamic)].boxed())
}

/// Any type, with a value of it.
pub(crate) fn typed_values(known: Known) -> impl Strategy<Value = (Type, Value)> {
    with_value(types(), known)
}

/// A value of this type; null one time in eight.
pub(crate) fn values(ty: &Type, known: Known) -> BoxedStrategy<Value> {
    let concrete = concrete_values(ty, known);
    let unknown_weight = u32::from(known == Known::Partly);
    prop_oneof![
        6 => concrete,
        1 => Just(Value::Null),
        unknown_weight => Just(Value::Unknown),
    ]
    .boxed()
}

/// Any number that the protocol can carry, often at the edges of a format.
pub(crate) fn numbers() -> impl Strategy<Value = Number> {
    prop_oneof![
        proptest::sample::select(EDGES).prop_map(Number::from),
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("finite", |float| Number::from_f64(float).ok()),
        "-?[0-9]{1,60}(\\.[0-9]{1,60})?(e-?[0-9]{1,3})?"
            .prop_map(|text| Number::parse(&text).unwrap()),
    ]
}

fn primitives() -> BoxedStrategy<Type> {
    prop_oneof![Just(Type::Bool), Just(Type::Number), Just(Type::String)].boxed()
}

fn types_of(leaves: BoxedStrategy<Type>) -> BoxedStrategy<Type> {
    leaves
        .prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(Type::list),
                inner.clone().prop_map(Type::set),
                inner.clone().prop_map(Type::map),
                vec(inner.clone(), 0..4).prop_map(Type::Tuple),
                btree_map("[a-z_]{1,6}", inner, 0..5).prop_map(Type::Object),
            ]
        })
        .boxed()
}

fn with_value(types: BoxedStrategy<Type>, known: Known) -> impl Strategy<Value = (Type, Value)> {
    types.prop_flat_map(move |ty| {
        let values = values(&ty, known);
        (Just(ty), values)
    })
}

fn concrete_values(ty: &Type, known: Known) -> BoxedStrategy<Value> {
    match ty {
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Number => numbers().prop_map(Value::Number).boxed(),
        Type::String => strings().prop_map(Value::String).boxed(),
        Type::List(ty) => vec(values(ty, known), 0..5).prop_map(Value::List).boxed(),
        Type::Set(ty) => vec(values(ty, known), 0..5).prop_map(Value::set).boxed(),
        Type::Map(ty) => btree_map(strings(), values(ty, known), 0..5)
            .prop_map(Value::Map)
            .boxed(),
        Type::Tuple(types) => {
            let elements: Vec<_> = types.iter().map(|ty| values(ty, known)).collect();
            elements.prop_map(Value::Tuple).boxed()
        }
        Type::Object(types) => {
            let names: Vec<_> = types.keys().cloned().collect();
            let attributes: Vec<_> = types.values().map(|ty| values(ty, known)).collect();
            attributes
                .prop_map(move |values| Value::Object(names.iter().cloned().zip(values).collect()))
                .boxed()
        }
        // The type of a value is not dynamic itself; a dynamic type within it has a test of its own.
        Type::Dynamic => with_value(types_of(primitives()), known)
            .prop_map(|typed| Value::Dynamic(Box::new(typed)))
            .boxed(),
    }
}

/// Text, often of a length at which the format changes.
fn strings() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => ".{0,20}",
        1 => proptest::sample::select(LENGTHS).prop_map(|length| "x".repeat(length)),
    ]
}
