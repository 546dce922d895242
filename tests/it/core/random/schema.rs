//! Random schemas of resources, of every kind that core accepts.

use proptest::collection::vec;
use proptest::prelude::*;
use tfplugin::schema::{
    Attribute, AttributeKind, Block, BlockNesting, Mode, NestedBlock, ObjectNesting, Schema,
};
use tfplugin::types::Type;

use super::values;

/// Where an attribute is.
#[derive(Clone, Copy)]
struct Place {
    /// How many levels may still be below it.
    depth: u32,
    /// How many sets are around it.
    sets: u32,
    /// Whether it is an attribute of the resource itself.
    is_top: bool,
}

impl Place {
    fn below(self, in_set: bool) -> Self {
        Self {
            depth: self.depth - 1,
            sets: self.sets + u32::from(in_set),
            is_top: false,
        }
    }
}

/// A schema with the attribute `name`, which is required, replaces, and is the identity.
pub(crate) fn schemas() -> impl Strategy<Value = Schema> {
    let place = Place {
        depth: 2,
        sets: 0,
        is_top: true,
    };
    (attributes(place), blocks(place)).prop_map(|(mut attributes, blocks)| {
        attributes.push(Attribute::string("name").required().requires_replace());
        let block = Block {
            attributes,
            blocks,
            ..Block::default()
        };
        Schema { version: 0, block }
    })
}

fn attributes(place: Place) -> BoxedStrategy<Vec<Attribute>> {
    vec(attribute(place), 1..4)
        .prop_map(|it| named(it, "attribute"))
        .boxed()
}

fn named(mut attributes: Vec<Attribute>, prefix: &str) -> Vec<Attribute> {
    for (number, attribute) in attributes.iter_mut().enumerate() {
        attribute.name = format!("{prefix}_{number}");
    }
    attributes
}

fn attribute(place: Place) -> BoxedStrategy<Attribute> {
    let kind = if place.depth > 0 {
        prop_oneof![3 => plain(place), 1 => nested(place)].boxed()
    } else {
        plain(place)
    };
    let mode = prop_oneof![
        Just(Mode::Required),
        Just(Mode::Optional),
        Just(Mode::OptionalComputed),
        Just(Mode::Computed),
    ];
    let switches = any::<[bool; 3]>();
    (kind, mode, switches)
        .prop_flat_map(move |(kind, mode, switches)| {
            let [sensitive, write_only, requires_replace] = switches;
            let mode = in_sets(&kind, mode, place.sets);
            let is_given = matches!(mode, Mode::Required | Mode::Optional);
            let attribute = Attribute {
                mode,
                sensitive,
                write_only: write_only && is_given && place.sets == 0,
                requires_replace: requires_replace && place.is_top,
                ..of_kind(kind)
            };
            with_default(attribute, place)
        })
        .boxed()
}

/// Who gives a value in so many sets.
///
/// Core finds the prior element of a set where all that the provider has made up are plain attributes that nobody else may
/// give, and none of them is in a set within. Elsewhere a resource must help itself.
fn in_sets(kind: &AttributeKind, mode: Mode, sets: u32) -> Mode {
    let is_plain = matches!(kind, AttributeKind::Plain(_));
    match mode {
        Mode::Computed if sets == 1 && is_plain => Mode::Computed,
        Mode::Computed | Mode::OptionalComputed if sets > 0 => Mode::Optional,
        mode => mode,
    }
}

/// One in two attributes that can have a default has one.
fn with_default(attribute: Attribute, place: Place) -> BoxedStrategy<Attribute> {
    let ty = attribute.ty();
    let can = place.is_top
        && attribute.mode == Mode::OptionalComputed
        && matches!(&attribute.kind, AttributeKind::Plain(ty) if *ty != Type::Dynamic);
    if !can {
        return Just(attribute).boxed();
    }
    let default = proptest::option::of(values(&ty));
    default
        .prop_map(move |default| Attribute {
            default,
            ..attribute.clone()
        })
        .boxed()
}

fn of_kind(kind: AttributeKind) -> Attribute {
    Attribute {
        kind,
        ..Attribute::new("", Type::Bool)
    }
}

fn plain(place: Place) -> BoxedStrategy<AttributeKind> {
    let primitive = prop_oneof![Just(Type::Bool), Just(Type::Number), Just(Type::String)];
    let object = Type::object([("a", Type::String), ("b", Type::Bool.list())]);
    let ty = prop_oneof![
        4 => primitive.clone(),
        1 => primitive.clone().prop_map(Type::list),
        1 => primitive.clone().prop_map(Type::set),
        1 => primitive.prop_map(Type::map),
        1 => Just(object.clone()),
        1 => Just(object.set()),
        u32::from(place.is_top) => Just(Type::Dynamic),
    ];
    ty.prop_map(AttributeKind::Plain).boxed()
}

fn nested(place: Place) -> BoxedStrategy<AttributeKind> {
    let nesting = prop_oneof![
        Just(ObjectNesting::Single),
        Just(ObjectNesting::List),
        Just(ObjectNesting::Set),
        Just(ObjectNesting::Map),
    ];
    nesting
        .prop_flat_map(move |nesting| {
            let inner = attributes(place.below(nesting == ObjectNesting::Set));
            inner.prop_map(move |inner| AttributeKind::Nested(nesting, inner))
        })
        .boxed()
}

fn blocks(place: Place) -> BoxedStrategy<Vec<NestedBlock>> {
    if place.depth == 0 {
        return Just(Vec::new()).boxed();
    }
    vec(block(place), 0..3)
        .prop_map(|mut blocks| {
            for (number, block) in blocks.iter_mut().enumerate() {
                block.name = format!("block_{number}");
            }
            blocks
        })
        .boxed()
}

fn block(place: Place) -> BoxedStrategy<NestedBlock> {
    let nesting = prop_oneof![
        Just(BlockNesting::Single),
        Just(BlockNesting::List),
        Just(BlockNesting::Set),
    ];
    nesting
        .prop_flat_map(move |nesting| {
            let below = place.below(nesting == BlockNesting::Set);
            (attributes(below), blocks(below)).prop_map(move |(attributes, blocks)| NestedBlock {
                name: String::new(),
                nesting,
                block: Block {
                    attributes,
                    blocks,
                    ..Block::default()
                },
            })
        })
        .boxed()
}
