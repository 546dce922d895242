//! `GetMetadata`, `GetProviderSchema`, `GetResourceIdentitySchemas` and `GetFunctions`: what the provider offers.

use std::sync::Arc;

use super::convert;
use super::generated as wire;
use super::generated::{
    get_functions, get_metadata, get_provider_schema, get_resource_identity_schemas,
};
use super::shared::Shared;
use crate::diagnostics::Diagnostics;

const CAPABILITIES: wire::ServerCapabilities = wire::ServerCapabilities {
    plan_destroy: true,
    // Nothing is set up in `GetProviderSchema`, so a host may use a copy from another process.
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: true,
};

pub(super) async fn metadata(
    shared: Arc<Shared>,
    _: get_metadata::Request,
) -> Result<get_metadata::Response, Diagnostics> {
    let catalog = shared.catalog();
    let name = |name: &&'static str| (*name).to_owned();
    Ok(get_metadata::Response {
        server_capabilities: Some(CAPABILITIES),
        resources: catalog
            .resources
            .keys()
            .map(|key| get_metadata::ResourceMetadata {
                type_name: name(key),
            })
            .collect(),
        data_sources: catalog
            .data_sources
            .keys()
            .map(|key| get_metadata::DataSourceMetadata {
                type_name: name(key),
            })
            .collect(),
        list_resources: catalog
            .list_resources
            .keys()
            .map(|key| get_metadata::ListResourceMetadata {
                type_name: name(key),
            })
            .collect(),
        functions: catalog
            .functions
            .keys()
            .map(|key| get_metadata::FunctionMetadata { name: name(key) })
            .collect(),
        ..get_metadata::Response::default()
    })
}

pub(super) async fn schemas(
    shared: Arc<Shared>,
    _: get_provider_schema::Request,
) -> Result<get_provider_schema::Response, Diagnostics> {
    let catalog = shared.catalog();
    let to_wire = convert::schema::to_wire;
    Ok(get_provider_schema::Response {
        provider: Some(to_wire(&catalog.provider)),
        resource_schemas: by_name(&catalog.resources, |entry| to_wire(&entry.schema)),
        data_source_schemas: by_name(&catalog.data_sources, |entry| to_wire(&entry.schema)),
        list_resource_schemas: by_name(&catalog.list_resources, |entry| to_wire(&entry.schema)),
        functions: by_name(&catalog.functions, |(_, signature)| {
            convert::function::to_wire(signature)
        }),
        server_capabilities: Some(CAPABILITIES),
        ..get_provider_schema::Response::default()
    })
}

pub(super) async fn identity_schemas(
    shared: Arc<Shared>,
    _: get_resource_identity_schemas::Request,
) -> Result<get_resource_identity_schemas::Response, Diagnostics> {
    let resources = shared.catalog().resources.iter();
    let schemas = resources.filter_map(|(name, entry)| {
        let (schema, _) = entry.identity.as_ref()?;
        Some((
            (*name).to_owned(),
            convert::schema::identity_to_wire(schema),
        ))
    });
    Ok(get_resource_identity_schemas::Response {
        identity_schemas: schemas.collect(),
        ..Default::default()
    })
}

pub(super) async fn functions(
    shared: Arc<Shared>,
    _: get_functions::Request,
) -> Result<get_functions::Response, Diagnostics> {
    let functions = by_name(&shared.catalog().functions, |(_, signature)| {
        convert::function::to_wire(signature)
    });
    Ok(get_functions::Response {
        functions,
        ..Default::default()
    })
}

fn by_name<T, U, M: FromIterator<(String, U)>>(
    entries: &std::collections::BTreeMap<&'static str, T>,
    convert: impl Fn(&T) -> U,
) -> M {
    entries
        .iter()
        .map(|(name, entry)| ((*name).to_owned(), convert(entry)))
        .collect()
}
