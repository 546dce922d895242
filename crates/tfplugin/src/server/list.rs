//! `ListResource`: a stream of existing objects.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream;
use tokio_util::task::TaskTracker;
use tonic::codegen::BoxStream;
use tracing::{Instrument as _, Span};

use super::catalog::ResourceEntry;
use super::config;
use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::to_wire;
use super::generated::list_resource::{Event, Request};
use super::response::panicked;
use super::shared::Shared;
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::list_resource::Listed;
use crate::logging::recovered;
use crate::path::AttributePath;

/// Starts the search, within its span, and returns its events.
pub(super) fn list(
    shared: Arc<Shared>,
    tasks: &TaskTracker,
    span: &Span,
    request: Request,
) -> BoxStream<Event> {
    let search = recovered(search(shared, request)).instrument(span.clone());
    let search = tasks.spawn(search);
    let events = async move {
        match search.await {
            Ok(Ok(events)) => events,
            Ok(Err(diagnostics)) => vec![failed(diagnostics)],
            Err(_panic) => vec![failed(panicked("ListResource"))],
        }
    };
    Box::pin(stream::once(events).flat_map(|events| stream::iter(events).map(Ok)))
}

async fn search(shared: Arc<Shared>, request: Request) -> Result<Vec<Event>, Diagnostics> {
    let catalog = shared.catalog();
    let entry = catalog.list_resource(&request.type_name)?;
    let resource = catalog.resource(&request.type_name)?;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    config::must_be_valid(entry.item.validate(&config))?;
    let listed = entry.item.list(&shared.context(None), config).await?;
    let Diagnosed {
        value,
        mut diagnostics,
    } = listed;
    let limit = usize::try_from(request.limit).unwrap_or(0);
    let limit = if limit == 0 { value.len() } else { limit };
    diagnostics.append(cut(value.len(), limit, entry.item.plural()));
    let listed = value.into_iter().take(limit);
    let event = |listed| event(resource, request.include_resource_object, listed);
    let mut events: Vec<_> = listed.map(|it| event(it).unwrap_or_else(failed)).collect();
    // A host reads nothing after as many objects as it asked for, so the last of them carries what there is to say.
    match events.last_mut() {
        Some(last) => last.diagnostic.extend(diagnostics_to_wire(diagnostics)),
        None if diagnostics.is_empty() => {}
        None => events.push(failed(diagnostics)),
    }
    Ok(events)
}

/// What there is to say where the limit leaves some out.
fn cut(total: usize, limit: usize, plural: &str) -> Diagnostics {
    if limit >= total {
        return Diagnostics::new();
    }
    Diagnostics::warning_at(
        AttributePath::default(),
        format!("Not all {plural} are listed"),
        format!(
            "{total} {plural} match, and the first {limit} are listed. Raise `limit` of the list block to see all, or \
             narrow the search."
        ),
    )
}

fn event(
    resource: &ResourceEntry,
    include_object: bool,
    listed: Listed,
) -> Result<Event, Diagnostics> {
    let identity = resource.identity_to_wire(&listed.object)?;
    if identity.is_none() {
        return Err(nameless(&listed.display_name));
    }
    let object = include_object.then(|| to_wire(&listed.object, &resource.ty, "the object"));
    Ok(Event {
        identity,
        display_name: listed.display_name,
        resource_object: object.transpose()?,
        diagnostic: Vec::new(),
    })
}

/// A host takes no object that it cannot tell from others.
fn nameless(display_name: &str) -> Diagnostics {
    Diagnostics::from_error(
        "An object was found that has no identity",
        format!(
            "The provider listed {display_name:?} without what identifies it, so it cannot be imported. This is a defect of \
             the provider; please report it."
        ),
    )
}

fn failed(diagnostics: Diagnostics) -> Event {
    Event {
        diagnostic: diagnostics_to_wire(diagnostics),
        ..Event::default()
    }
}
