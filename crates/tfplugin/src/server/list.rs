//! `ListResource`: a stream of existing objects.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;
use tonic::Status;
use tonic::codegen::BoxStream;
use tracing::{Instrument as _, Span};

use super::answer::panicked;
use super::catalog::ResourceEntry;
use super::config;
use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::{identity_to_wire, to_wire};
use super::generated::list_resource::{Event, Request};
use super::shared::Shared;
use crate::diagnostics::Diagnostics;
use crate::list_resource::{ListRequest, Listed};
use crate::logging::recovered;

/// How many objects may wait for the host to take them.
const WAITING: usize = 64;

/// Starts the search, within its span, and returns its events.
pub(super) fn list(
    shared: Arc<Shared>,
    tasks: &TaskTracker,
    span: &Span,
    request: Request,
) -> BoxStream<Event> {
    let (events, stream) = mpsc::channel(WAITING);
    let search = recovered(search(shared, request, events.clone()));
    let search = tasks.spawn(search.instrument(span.clone()));
    tasks.spawn(async move {
        let failure = match search.await {
            Ok(Ok(())) => return,
            Ok(Err(diagnostics)) => diagnostics,
            Err(_panic) => panicked("ListResource"),
        };
        // Where nobody listens any more, nobody wants to know.
        let _ = events.send(Ok(failed(failure))).await;
    });
    Box::pin(futures_util::stream::unfold(
        stream,
        |mut stream| async move { stream.recv().await.map(|event| (event, stream)) },
    ))
}

async fn search(
    shared: Arc<Shared>,
    request: Request,
    events: mpsc::Sender<Result<Event, Status>>,
) -> Result<(), Diagnostics> {
    let catalog = shared.catalog();
    let entry = catalog.list_resource(&request.type_name)?;
    let resource = catalog.resource(&request.type_name)?;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let limit = u64::try_from(request.limit).ok().filter(|limit| *limit > 0);
    let include_resource = request.include_resource_object;
    let (found, mut listed) = mpsc::channel(WAITING);
    let context = shared.context(None);
    let searching = entry.item.list(
        &context,
        ListRequest {
            config,
            include_resource,
            limit,
        },
        found,
    );
    let forwarding = async move {
        let mut left = limit;
        while left != Some(0)
            && let Some(listed) = listed.recv().await
        {
            let counts = u64::from(listed.identity.is_some());
            left = left.map(|left| left.saturating_sub(counts));
            let event = event(resource, include_resource, listed).unwrap_or_else(failed);
            if events.send(Ok(event)).await.is_err() {
                return;
            }
        }
    };
    // The search ends early when nobody takes its finds: its channel closes with the forwarding.
    tokio::join!(searching, forwarding);
    Ok(())
}

fn event(
    resource: &ResourceEntry,
    include_resource: bool,
    listed: Listed,
) -> Result<Event, Diagnostics> {
    let identity = identity_to_wire(listed.identity.as_ref(), resource.identity_type())?;
    if identity.is_none() && listed.diagnostics.is_empty() {
        return Err(nameless(&listed.display_name));
    }
    let object = listed.resource.filter(|_| include_resource);
    Ok(Event {
        identity,
        display_name: listed.display_name,
        resource_object: object
            .map(|object| to_wire(&object, &resource.ty, "the object"))
            .transpose()?,
        diagnostic: diagnostics_to_wire(listed.diagnostics),
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
