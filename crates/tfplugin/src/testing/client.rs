//! A provider as its host calls it, in values: the schemas give their types, and messages stay in here.

use std::collections::BTreeMap;
use std::sync::Arc;

use prost::bytes::Bytes;
use tonic::body::Body;
use tonic::client::GrpcService;
use tonic::codegen::{Body as HttpBody, StdError};

use super::codec;
use super::resource::Resource;
use super::rules::{schema, types};
use super::{Error, messages as wire};
use crate::diagnostics::{Diagnostics, Severity};
use crate::path::{AttributePath, Step};
use crate::types::Type;
use crate::value::Value;
use wire::provider_client::ProviderClient;
use wire::{configure_provider, get_provider_schema, get_resource_identity_schemas, stop_provider};

/// What Terraform's side takes, in bytes.
const MAX_MESSAGE: usize = 256 << 20;

/// What calls can be sent over: a [`Connection`](super::Connection), or a provider's service itself.
pub trait Transport:
    GrpcService<
        Body,
        Error: Into<StdError>,
        ResponseBody: HttpBody<Data = Bytes, Error: Into<StdError> + Send> + Send + 'static,
    > + Clone
{
}

impl<T> Transport for T where
    T: GrpcService<
            Body,
            Error: Into<StdError>,
            ResponseBody: HttpBody<Data = Bytes, Error: Into<StdError> + Send> + Send + 'static,
        > + Clone
{
}

/// What a host of today says of itself, where it may not put calls off.
pub(super) const CAPABILITIES: wire::ClientCapabilities = wire::ClientCapabilities {
    deferral_allowed: false,
    write_only_attributes_allowed: true,
    store_planned_private: false,
    computed_blocks_allowed: false,
};

/// A provider whose schemas are known.
#[derive(Clone, Debug)]
pub struct Client<T> {
    messages: ProviderClient<T>,
    schemas: Arc<Schemas>,
}

/// All schemas of a provider, as messages.
#[derive(Clone, Debug)]
pub struct Schemas {
    /// Those of the provider itself, and of what it has.
    pub all: get_provider_schema::Response,
    /// Those of the identities of its resources.
    pub identities: BTreeMap<String, wire::ResourceIdentitySchema>,
}

impl<T: Transport> Client<T> {
    /// Loads the schemas, all of which must be as core wants them.
    pub async fn new(transport: T) -> Result<Self, Error> {
        let mut messages = message_client(transport);
        let all = messages.get_provider_schema(get_provider_schema::Request {});
        let mut all = all.await?.into_inner();
        accepted(std::mem::take(&mut all.diagnostics), None)?;
        let request = get_resource_identity_schemas::Request {};
        let identities = messages.get_resource_identity_schemas(request).await?;
        let identities = identities.into_inner();
        accepted(identities.diagnostics, None)?;
        let identities = identities.identity_schemas;
        let schemas = Arc::new(Schemas { all, identities });
        match schema::all_problems(&schemas) {
            problems if problems.is_empty() => Ok(Self { messages, schemas }),
            problems => Err(Error::Answer(problems.join("; "))),
        }
    }

    /// The client of the messages themselves.
    pub fn messages(&self) -> ProviderClient<T> {
        self.messages.clone()
    }

    /// The provider's schemas.
    pub fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// Configures the provider with these attributes, the others null; gives its warnings.
    pub async fn configure(&self, attributes: &[(&str, Value)]) -> Result<Diagnostics, Error> {
        let block = block_of("the provider", self.schemas.all.provider.as_ref())?;
        let ty = types::of_block(block);
        let config = codec::encode(&config(block, attributes)?, &ty)?;
        let request = configure_provider::Request {
            config: Some(config),
            ..Default::default()
        };
        let answer = self.messages().configure_provider(request).await?;
        accepted(answer.into_inner().diagnostics, Some(&ty))
    }

    /// The calls about objects of one type.
    pub fn resource(&self, type_name: &str) -> Result<Resource<T>, Error> {
        let schema = self.schemas.all.resource_schemas.get(type_name);
        let block = block_of(type_name, schema)?;
        Ok(Resource {
            messages: self.messages(),
            type_name: type_name.to_owned(),
            version: schema.map_or(0, |schema| schema.version),
            ty: types::of_block(block),
            block: block.clone(),
            identity: self
                .schemas
                .identities
                .get(type_name)
                .map(types::of_identity),
        })
    }

    /// Asks the provider to stop what it does, as Ctrl-C does.
    pub async fn stop(&self) -> Result<(), Error> {
        let request = stop_provider::Request {};
        self.messages().stop_provider(request).await?;
        Ok(())
    }
}

/// A client of the messages, which takes what Terraform's takes.
pub fn message_client<T: Transport>(transport: T) -> ProviderClient<T> {
    ProviderClient::new(transport)
        .max_decoding_message_size(MAX_MESSAGE)
        .max_encoding_message_size(MAX_MESSAGE)
}

fn block_of<'a>(
    name: &str,
    schema: Option<&'a wire::Schema>,
) -> Result<&'a wire::schema::Block, Error> {
    schema
        .and_then(|schema| schema.block.as_ref())
        .ok_or_else(|| Error::Answer(format!("there is no schema of {name}")))
}

/// A configuration with these attributes and blocks; the others are null, or no blocks.
pub(super) fn config(
    block: &wire::schema::Block,
    members: &[(&str, Value)],
) -> Result<Value, Error> {
    use wire::schema::nested_block::NestingMode;
    let attributes = block.attributes.iter();
    let attributes = attributes.map(|it| (it.name.as_str(), Value::Null));
    let blocks = block.block_types.iter().map(|it| {
        let none = match it.nesting() {
            NestingMode::List => Value::List(Vec::new()),
            NestingMode::Set => Value::Set(Vec::new()),
            NestingMode::Map => Value::Map(BTreeMap::new()),
            _ => Value::Null,
        };
        (it.type_name.as_str(), none)
    });
    let mut config = Value::object(attributes.chain(blocks));
    for (name, value) in members {
        if config.as_entries().is_none_or(|it| !it.contains_key(*name)) {
            return Err(Error::Value(format!("there is no {name}")));
        }
        config.set_attribute(name, value.clone());
    }
    Ok(config)
}

/// The warnings of an answer; where there is an error among its messages, all of them are the error.
///
/// `ty` is the type that their paths lead into, where they can have any.
pub(super) fn accepted(
    messages: Vec<wire::Diagnostic>,
    ty: Option<&Type>,
) -> Result<Diagnostics, Error> {
    let mut diagnostics = Diagnostics::new();
    for message in messages {
        let severity = match message.severity() {
            wire::diagnostic::Severity::Error => Severity::Error,
            wire::diagnostic::Severity::Warning => Severity::Warning,
            wire::diagnostic::Severity::Invalid => {
                return Err(Error::Answer("a message without a severity".to_owned()));
            }
        };
        if message.summary.is_empty() {
            return Err(Error::Answer("a message without a summary".to_owned()));
        }
        let path = match &message.attribute {
            None => AttributePath::default(),
            Some(path) if ty.is_some_and(|ty| types::has(ty, path)) => attribute_path(path)?,
            Some(path) => return Err(Error::Answer(format!("{path:?} leads nowhere"))),
        };
        diagnostics.push(severity, path, message.summary, message.detail);
    }
    if diagnostics.has_errors() {
        return Err(Error::Refused(diagnostics));
    }
    Ok(diagnostics)
}

/// The path of a message.
pub(super) fn attribute_path(message: &wire::AttributePath) -> Result<AttributePath, Error> {
    use wire::attribute_path::step::Selector;
    let steps = message
        .steps
        .iter()
        .map(|step| match step.selector.clone() {
            Some(Selector::AttributeName(name)) => Ok(Step::Attribute(name)),
            Some(Selector::ElementKeyString(key)) => Ok(Step::Key(key)),
            Some(Selector::ElementKeyInt(index)) => Ok(Step::Index(index)),
            None => Err(Error::Answer("a path leads nowhere".to_owned())),
        });
    steps.collect()
}
