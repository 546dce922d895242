//! Every description that documentation is made from is there, in Markdown, and says what it must.

use terraform_provider_vonage::Vonage;
use terraform_provider_vonage::env::ProcessEnvironment;
use tfplugin::provider::Provider as _;
use tfplugin::schema as ours;
use tfplugin::testing::messages::schema::{Attribute, Block};
use tfplugin::testing::messages::{
    Function, ResourceIdentitySchema, Schema, StringKind, get_resource_identity_schemas,
};

use crate::client::schemas;
use crate::host::Start;

/// Something described: its path, the text, and how that is written.
struct Described {
    path: String,
    text: String,
    kind: i32,
}

impl Described {
    fn problem(&self) -> Option<String> {
        let what = if self.text.trim().is_empty() {
            "has no description"
        } else if self.kind != i32::from(StringKind::Markdown) {
            "is not described in Markdown"
        } else if !self.text.trim_end().ends_with(['.', ':', ')']) {
            "has a description that ends in the middle of a sentence"
        } else if self.text.contains("  ") {
            "has a description with gaps"
        } else {
            return None;
        };
        Some(format!("{} {what}: {:?}", self.path, self.text))
    }
}

fn of_schema(name: &str, schema: &Schema) -> Vec<Described> {
    let mut found = Vec::new();
    of_block(name, schema.block.as_ref().unwrap(), &mut found);
    found
}

fn of_block(path: &str, block: &Block, found: &mut Vec<Described>) {
    found.push(Described {
        path: path.to_owned(),
        text: block.description.clone(),
        kind: block.description_kind,
    });
    of_attributes(path, &block.attributes, found);
    for nested in &block.block_types {
        let path = format!("{path}.{}", nested.type_name);
        of_block(&path, nested.block.as_ref().unwrap(), found);
    }
}

fn of_attributes(path: &str, attributes: &[Attribute], found: &mut Vec<Described>) {
    for attribute in attributes {
        let path = format!("{path}.{}", attribute.name);
        if let Some(nested) = &attribute.nested_type {
            of_attributes(&path, &nested.attributes, found);
        }
        found.push(Described {
            path,
            text: attribute.description.clone(),
            kind: attribute.description_kind,
        });
    }
}

fn of_identity(name: &str, schema: &ResourceIdentitySchema) -> Vec<Described> {
    let attributes = schema.identity_attributes.iter();
    let described = attributes.map(|attribute| Described {
        path: format!("{name} identity.{}", attribute.name),
        text: attribute.description.clone(),
        // An identity's attribute does not say how it is described.
        kind: StringKind::Markdown.into(),
    });
    described.collect()
}

fn of_function(name: &str, function: &Function) -> Vec<Described> {
    let parameters = function.parameters.iter();
    let parameters = parameters.chain(&function.variadic_parameter);
    let mut found: Vec<_> = parameters
        .map(|parameter| Described {
            path: format!("{name}({})", parameter.name),
            text: parameter.description.clone(),
            kind: parameter.description_kind,
        })
        .collect();
    found.push(Described {
        path: name.to_owned(),
        text: function.description.clone(),
        kind: function.description_kind,
    });
    found.push(Described {
        path: format!("{name} summary"),
        // A summary is a heading.
        text: format!("{}.", function.summary),
        kind: function.description_kind,
    });
    found
}

#[tokio::test]
async fn everything_is_described() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    let schemas = schemas(&mut client).await;
    let identities =
        client.get_resource_identity_schemas(get_resource_identity_schemas::Request {});
    let identities = identities.await.unwrap().into_inner().identity_schemas;
    let mut described = of_schema("provider", schemas.provider.as_ref().unwrap());
    for (kind, schemas) in [
        ("resource", &schemas.resource_schemas),
        ("data", &schemas.data_source_schemas),
        ("list", &schemas.list_resource_schemas),
    ] {
        let all = schemas.iter();
        described.extend(all.flat_map(|(name, it)| of_schema(&format!("{kind} {name}"), it)));
    }
    described.extend(
        identities
            .iter()
            .flat_map(|(name, it)| of_identity(name, it)),
    );
    described.extend(
        schemas
            .functions
            .iter()
            .flat_map(|(name, it)| of_function(name, it)),
    );
    assert!(described.len() > 40, "{} descriptions", described.len());
    let problems: Vec<_> = described.iter().filter_map(Described::problem).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A rule that an attribute follows, and the words that must tell of it.
type Rule = (&'static str, fn(&ours::Attribute) -> bool);

/// Defaults and replacement are the provider's own: no message carries them, so its own schemas are looked at.
#[test]
fn defaults_and_replacement_are_told() {
    let provider = Vonage::new(ProcessEnvironment);
    let rules: [Rule; 2] = [
        ("Default: ", |it| it.default.is_some()),
        ("replaces", |it| it.requires_replace),
    ];
    let mut told = Told::default();
    for resource in provider.resources() {
        for attribute in attributes(&resource.schema().block) {
            for (words, _) in rules.iter().filter(|(_, applies)| applies(attribute)) {
                told.look(resource.type_name(), attribute, words);
            }
        }
        let timeouts = resource.schema().block.blocks;
        let timeouts = timeouts.iter().find(|block| block.name == "timeouts");
        for attribute in &timeouts.expect("timeouts").block.attributes {
            told.look("timeouts", attribute, "Default: ");
        }
    }
    for attribute in &provider.schema().block.attributes {
        told.look("provider", attribute, "Environment: ");
        // Credentials are the one thing that has no default.
        if !["api_key", "api_secret"].contains(&attribute.name.as_str()) {
            told.look("provider", attribute, "Default: ");
        }
    }
    assert!(told.looked_at > 20, "{} rules", told.looked_at);
    assert!(told.missing.is_empty(), "{}", told.missing.join("\n"));
}

#[derive(Default)]
struct Told {
    looked_at: usize,
    missing: Vec<String>,
}

impl Told {
    fn look(&mut self, of: &str, attribute: &ours::Attribute, words: &str) {
        self.looked_at += 1;
        if !attribute.description.contains(words) {
            self.missing
                .push(format!("{of}.{} does not say {words:?}", attribute.name));
        }
    }
}

/// The attributes of a block and of all that is nested in it.
fn attributes(block: &ours::Block) -> Vec<&ours::Attribute> {
    let nested = block.blocks.iter();
    let of_blocks = nested.flat_map(|nested| attributes(&nested.block));
    let mut found: Vec<_> = of_blocks.collect();
    for attribute in &block.attributes {
        add(attribute, &mut found);
    }
    found
}

fn add<'a>(attribute: &'a ours::Attribute, found: &mut Vec<&'a ours::Attribute>) {
    found.push(attribute);
    if let ours::AttributeKind::Nested(_, inner) = &attribute.kind {
        for attribute in inner {
            add(attribute, found);
        }
    }
}
