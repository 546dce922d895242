//! One list request in place of many single reads: for a refresh of many objects, and for the waits after many writes.
//!
//! An answer serves only reads that arrive within five seconds of when it was asked for, and never shows a moment before
//! this process's own last write to the domain. What a list lacks is asked for by itself before anything is made of it.
//! Before the first row stands in for a read, one is held against a read by itself; a list that proves to be unfit (names
//! only, paged, behind, forbidden, failing) is not asked for again.

mod ask;
mod gather;
mod shared_list;
mod snapshot;
mod user_lists;

use std::sync::Arc;

use tokio::time::Instant;

pub(super) use ask::{Listed, give_up};
use shared_list::{LIFETIME, Sample};
pub(in crate::vonage) use shared_list::{SharedList, Write, Writing};
#[cfg(test)]
pub(super) use snapshot::Snapshot;
pub(in crate::vonage) use user_lists::UserLists;

use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::Locator;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::{InvalidPathSegment, Request};

/// An object that a list shows, too.
pub(in crate::vonage) trait Member: Locator<Object: Clone> {
    /// The field that tells the rows of the list apart.
    const KEY: &'static str;

    /// The value of that field.
    fn key(&self) -> &str;

    /// The domain whose writes change this object.
    fn domain(&self) -> &str;

    /// The request for the list.
    fn list(&self) -> Result<Request, InvalidPathSegment>;

    /// What the objects of the list share.
    fn shared_list(&self, client: &Client) -> Arc<SharedList<Self::Object>>;

    /// Reads the row of the object of this key.
    fn parse_row(&self, key: &str, row: &[u8]) -> Result<Self::Object, Self::Invalid>;

    /// Whether two readings tell the same.
    fn same(one: &Self::Object, other: &Self::Object) -> bool;
}

impl Client {
    /// Reads an object, from a list where others are read at the same time. `None` as by [`Client::read`].
    pub(super) async fn read_among_others<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
    ) -> Result<Option<M::Object>, Error> {
        if self.shared().turns.is_under_way(member.domain()) {
            return self.read(operation, member).await;
        }
        self.read_before_write(operation, member).await
    }

    /// The same, for one that has the domain's turn and has not written yet.
    pub(super) async fn read_before_write<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
    ) -> Result<Option<M::Object>, Error> {
        let list = member.shared_list(self);
        let arrived = Instant::now();
        if !self.settings().share_reads || list.is_distrusted() {
            return self.read(operation, member).await;
        }
        if list.goes_alone(arrived) {
            return self.read_alone(operation, member, &list).await;
        }
        let lifetime = arrived.checked_sub(LIFETIME);
        let written = self.shared().turns.last_write(member.domain());
        let fits = |asked: Instant| {
            lifetime.is_none_or(|earliest| asked >= earliest)
                && written.is_none_or(|written| asked > written)
        };
        match self.listed(operation, member, &list, fits, None).await {
            Listed::Shown(object, _) => Ok(Some(object)),
            Listed::Lacking(_) | Listed::Silent => self.read(operation, member).await,
        }
    }

    /// Reads an object by itself, and keeps what it gave to hold a list against.
    async fn read_alone<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        list: &SharedList<M::Object>,
    ) -> Result<Option<M::Object>, Error> {
        let asked = Instant::now();
        let found = self.read(operation, member).await?;
        if let Some(object) = &found {
            list.keep_sample(Sample {
                key: member.key().to_owned(),
                domain: member.domain().to_owned(),
                asked,
                object: object.clone(),
            });
        }
        Ok(found)
    }
}

#[cfg(test)]
mod strain_tests;
#[cfg(test)]
mod tests;
