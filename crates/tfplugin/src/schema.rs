//! What a configuration block looks like: attributes, nested blocks, and the rules that planning follows.

use std::collections::BTreeMap;

use super::types::Type;
use super::value::Value;

/// The schema of a provider block, a resource, a data source or a list resource.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Rises when stored state must be upgraded to be read.
    pub version: i64,
    /// The attributes and nested blocks.
    pub block: Block,
}

/// Attributes and nested blocks.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The attributes.
    pub attributes: Vec<Attribute>,
    /// The nested blocks.
    pub blocks: Vec<NestedBlock>,
    /// What it is for, in Markdown.
    pub description: String,
    /// Why not to use it any more, and what to use instead.
    pub deprecated: Option<String>,
}

/// A block within a block.
#[derive(Clone, Debug)]
pub struct NestedBlock {
    /// The keyword that introduces it.
    pub name: String,
    /// How often it may occur, and how its occurrences are kept.
    pub nesting: BlockNesting,
    /// What it holds.
    pub block: Block,
}

/// How the occurrences of a nested block are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockNesting {
    /// At most one; absent is null.
    Single,
    /// Any number, in order.
    List,
    /// Any number, in no order.
    Set,
}

/// One attribute of a block.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The name, of `[a-z0-9_]`.
    pub name: String,
    /// What values it takes.
    pub kind: AttributeKind,
    /// Who gives the value.
    pub mode: Mode,
    /// What it is for, in Markdown.
    pub description: String,
    /// The value is not to be shown.
    pub sensitive: bool,
    /// The value is given to the provider and never kept in plan or state.
    pub write_only: bool,
    /// A change cannot be made in place.
    pub requires_replace: bool,
    /// Planned where the configuration says nothing.
    pub default: Option<Value>,
    /// Why not to use it any more, and what to use instead.
    pub deprecated: Option<String>,
}

/// Who gives the value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The configuration, always.
    Required,
    /// The configuration, or nobody.
    Optional,
    /// The configuration, or else the provider.
    OptionalComputed,
    /// The provider.
    Computed,
}

/// What values an attribute takes.
#[derive(Clone, Debug)]
pub enum AttributeKind {
    /// Values of a type.
    Plain(Type),
    /// Objects whose attributes have rules of their own.
    Nested(ObjectNesting, Vec<Attribute>),
}

/// How the objects of a nested attribute are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectNesting {
    /// One object, or null.
    Single,
    /// Objects in order.
    List,
    /// Objects in no order.
    Set,
    /// Objects by key.
    Map,
}

impl Schema {
    /// The first version of a schema, without nested blocks.
    pub fn new(description: &str, attributes: Vec<Attribute>) -> Self {
        Self {
            version: 0,
            block: Block {
                attributes,
                description: description.to_owned(),
                ..Block::default()
            },
        }
    }

    /// The type of a whole object of this schema.
    pub fn ty(&self) -> Type {
        self.block.ty()
    }

    /// A configuration that says nothing: every attribute null, every collection of blocks empty.
    pub fn empty_config(&self) -> Value {
        let attributes = self
            .block
            .attributes
            .iter()
            .map(|attribute| (attribute.name.as_str(), Value::Null));
        let blocks = self.block.blocks.iter().map(|nested| {
            let value = match nested.nesting {
                BlockNesting::Single => Value::Null,
                BlockNesting::List => Value::List(Vec::new()),
                BlockNesting::Set => Value::Set(Vec::new()),
            };
            (nested.name.as_str(), value)
        });
        Value::object(attributes.chain(blocks))
    }
}

impl Block {
    /// The type of an object of this block.
    pub fn ty(&self) -> Type {
        let mut types = attribute_types(&self.attributes);
        for nested in &self.blocks {
            types.insert(nested.name.clone(), nested.ty());
        }
        Type::Object(types)
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }
}

impl NestedBlock {
    fn ty(&self) -> Type {
        let block = self.block.ty();
        match self.nesting {
            BlockNesting::Single => block,
            BlockNesting::List => block.list(),
            BlockNesting::Set => block.set(),
        }
    }
}

impl Attribute {
    /// An optional attribute of a type.
    pub fn new(name: &str, ty: Type) -> Self {
        Self::of_kind(name, AttributeKind::Plain(ty))
    }

    /// An optional attribute of objects.
    pub fn nested(name: &str, nesting: ObjectNesting, attributes: Vec<Self>) -> Self {
        Self::of_kind(name, AttributeKind::Nested(nesting, attributes))
    }

    fn of_kind(name: &str, kind: AttributeKind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            mode: Mode::Optional,
            description: String::new(),
            sensitive: false,
            write_only: false,
            requires_replace: false,
            default: None,
            deprecated: None,
        }
    }

    /// An optional string.
    pub fn string(name: &str) -> Self {
        Self::new(name, Type::String)
    }

    /// An optional bool.
    pub fn bool(name: &str) -> Self {
        Self::new(name, Type::Bool)
    }

    /// An optional number.
    pub fn number(name: &str) -> Self {
        Self::new(name, Type::Number)
    }

    /// The configuration must give it.
    pub fn required(mut self) -> Self {
        self.mode = Mode::Required;
        self
    }

    /// The provider gives it.
    pub fn computed(mut self) -> Self {
        self.mode = Mode::Computed;
        self
    }

    /// Where the configuration says nothing, the provider gives it.
    pub fn optional_computed(mut self) -> Self {
        self.mode = Mode::OptionalComputed;
        self
    }

    /// Planned where the configuration says nothing; for attributes at the top of a resource, or of single objects in it.
    pub fn default(mut self, value: impl Into<Value>) -> Self {
        self.mode = Mode::OptionalComputed;
        self.default = Some(value.into());
        self
    }

    /// What it is for, in Markdown.
    pub fn description(mut self, markdown: &str) -> Self {
        self.description = markdown.into();
        self
    }

    /// The value is not to be shown.
    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The value is never kept in plan or state.
    pub fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    /// A change needs a new object.
    pub fn requires_replace(mut self) -> Self {
        self.requires_replace = true;
        self
    }

    /// The type of its values.
    pub fn ty(&self) -> Type {
        match &self.kind {
            AttributeKind::Plain(ty) => ty.clone(),
            AttributeKind::Nested(nesting, attributes) => {
                let object = Type::Object(attribute_types(attributes));
                match nesting {
                    ObjectNesting::Single => object,
                    ObjectNesting::List => object.list(),
                    ObjectNesting::Set => object.set(),
                    ObjectNesting::Map => object.map(),
                }
            }
        }
    }

    /// Whether the provider may give the value.
    pub fn is_computed(&self) -> bool {
        matches!(self.mode, Mode::Computed | Mode::OptionalComputed)
    }
}

fn attribute_types(attributes: &[Attribute]) -> BTreeMap<String, Type> {
    attributes
        .iter()
        .map(|attribute| (attribute.name.clone(), attribute.ty()))
        .collect()
}

/// What identifies a resource for good, apart from its attributes (protocol 6.9).
#[derive(Clone, Debug)]
pub struct IdentitySchema {
    /// Rises when stored identities must be upgraded to be read.
    pub version: i64,
    /// The attributes that together identify one resource.
    pub attributes: Vec<IdentityAttribute>,
}

/// One attribute of an identity.
#[derive(Clone, Debug)]
pub struct IdentityAttribute {
    /// The name.
    pub name: String,
    /// A primitive type, or a list of one.
    pub ty: Type,
    /// Whether an import by identity must give it, or the provider can find it.
    pub required_for_import: bool,
    /// What it is, in Markdown.
    pub description: String,
}

impl IdentitySchema {
    /// The first version of an identity, of strings that an import must give: their names and descriptions.
    pub fn of_strings<'a>(attributes: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let attribute = |(name, description): (&str, &str)| IdentityAttribute {
            name: name.to_owned(),
            ty: Type::String,
            required_for_import: true,
            description: description.to_owned(),
        };
        Self {
            version: 0,
            attributes: attributes.into_iter().map(attribute).collect(),
        }
    }

    /// The type of a whole identity.
    pub fn ty(&self) -> Type {
        Type::object(
            self.attributes
                .iter()
                .map(|attribute| (attribute.name.as_str(), attribute.ty.clone())),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_the_type_of_its_attributes_and_blocks() {
        let timeouts = Block {
            attributes: vec![Attribute::string("create")],
            ..Block::default()
        };
        let block = Block {
            attributes: vec![
                Attribute::string("name").required(),
                Attribute::nested("rules", ObjectNesting::List, vec![Attribute::bool("on")]),
            ],
            blocks: vec![NestedBlock {
                name: "timeouts".into(),
                nesting: BlockNesting::Single,
                block: timeouts,
            }],
            ..Block::default()
        };
        let expected = Type::object([
            ("name", Type::String),
            ("rules", Type::object([("on", Type::Bool)]).list()),
            ("timeouts", Type::object([("create", Type::String)])),
        ]);
        assert_eq!(block.ty(), expected);
    }

    #[test]
    fn a_default_makes_an_attribute_the_providers_to_give() {
        let attribute = Attribute::string("tls").default("optional");
        assert!(attribute.is_computed());
        assert_eq!(attribute.mode, Mode::OptionalComputed);
        assert!(!Attribute::string("name").required().is_computed());
    }
}
