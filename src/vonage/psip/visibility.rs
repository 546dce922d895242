//! Waits until a read shows what was written: the API takes up to some 10 s.

use std::time::Duration;

use tokio::time::Instant;

use super::{Domain, IsSame};
use crate::vonage::client::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::{Interrupted, Operation};

/// A write that was done.
#[derive(Debug)]
pub struct Written {
    /// Whether reads show it yet.
    pub visibility: Visibility,
}

/// Whether reads show a write.
#[derive(Debug)]
pub enum Visibility {
    /// They do.
    Confirmed,
    /// They did not in this time.
    NotYet {
        /// How long it was waited for.
        waited: Duration,
        /// Why the last read could not tell, where it failed.
        last: Option<Box<Error>>,
    },
    /// Ctrl-C ended the wait.
    Cancelled,
}

impl Client {
    /// Waits until the domain is there.
    pub(super) async fn await_present(&self, operation: &Operation, name: &str) -> Visibility {
        self.await_read(operation, name, &|read| read.is_some())
            .await
    }

    /// Waits until the domain has the values wanted.
    pub(super) async fn await_same(
        &self,
        operation: &Operation,
        name: &str,
        same: IsSame<'_>,
    ) -> Visibility {
        self.await_read(operation, name, &|read| read.is_some_and(same))
            .await
    }

    /// Waits until the domain is gone.
    pub(super) async fn await_gone(&self, operation: &Operation, name: &str) -> Visibility {
        self.await_read(operation, name, &|read| read.is_none())
            .await
    }

    /// Looks at the domain, at growing intervals, until it is as expected.
    ///
    /// One expected read is enough: to wait for several would cost every write, to guard against replicas that go back
    /// in time, which a plan shows and the next one shows no more.
    async fn await_read(
        &self,
        operation: &Operation,
        name: &str,
        is_expected: &(dyn Fn(Option<&Domain>) -> bool + Send + Sync),
    ) -> Visibility {
        let begun = Instant::now();
        let bounded = operation.within(self.pace.visible_within);
        let mut looks = 0;
        let mut last;
        loop {
            last = match self.look_at_domain(&bounded, name).await {
                Ok(read) if is_expected(read.as_ref()) => return Visibility::Confirmed,
                Ok(_) => None,
                Err(error) => Some(Box::new(error)),
            };
            looks += 1;
            match bounded.sleep(self.pace.before_look(looks)).await {
                Ok(()) => {}
                Err(Interrupted::Cancelled) => return Visibility::Cancelled,
                Err(Interrupted::OutOfTime) => break,
            }
        }
        Visibility::NotYet {
            waited: begun.elapsed(),
            last,
        }
    }
}
