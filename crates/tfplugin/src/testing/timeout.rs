//! How long a plugin may take.

use std::time::Duration;

use super::error::Error;

/// Long enough for any machine; reached only by what hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// An error where something hangs.
pub(super) async fn in_time<F: Future>(work: F) -> Result<F::Output, Error> {
    tokio::time::timeout(PATIENCE, work)
        .await
        .map_err(|_| Error::Timeout)
}
