//! A provider as its host calls it, in values: the schemas give their types, and messages stay in here.

use std::sync::Arc;

use super::answer::accepted;
use super::codec;
use super::error::Error;
use super::messages as wire;
use super::resource::Resource;
use super::rules::{schema, types};
use super::schemas::{Schemas, config};
use super::transport::{Transport, message_client};
use crate::diagnostics::Diagnostics;
use crate::value::Value;
use wire::provider_client::ProviderClient;
use wire::{configure_provider, get_provider_schema, get_resource_identity_schemas, stop_provider};

/// A provider whose schemas are known.
#[derive(Clone, Debug)]
pub struct Client<T> {
    messages: ProviderClient<T>,
    schemas: Arc<Schemas>,
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

fn block_of<'a>(
    name: &str,
    schema: Option<&'a wire::Schema>,
) -> Result<&'a wire::schema::Block, Error> {
    schema
        .and_then(|schema| schema.block.as_ref())
        .ok_or_else(|| Error::Answer(format!("there is no schema of {name}")))
}
