//! Asks for a list on behalf of many, and proves it before its rows stand in for reads.

use std::sync::Arc;

use tokio::time::Instant;

use super::snapshot::Snapshot;
use super::{Member, SharedList, Writing};
use crate::causes::explain;
use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;

/// What a list says of one object, and when that list was asked for.
pub(in crate::vonage::psip) enum Listed<T> {
    Shown(T, Instant),
    Lacking(Instant),
    /// There is no list, or none to be trusted.
    Silent,
}

impl Client {
    /// What a list that `fits` says of an object. A write asks for one when the others that are under way have gathered.
    pub(in crate::vonage::psip) async fn listed<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        list: &SharedList<M::Object>,
        fits: impl Fn(Instant) -> bool + Send + Sync,
        writing: Option<&Writing<M::Object>>,
    ) -> Listed<M::Object> {
        let snapshot = self.snapshot(operation, member, list, fits, writing).await;
        let Some(snapshot) = snapshot else {
            return Listed::Silent;
        };
        let Some(row) = snapshot.row(member.key()) else {
            return Listed::Lacking(snapshot.asked());
        };
        match member.parse_row(member.key(), row) {
            Ok(object) => Listed::Shown(object, snapshot.asked()),
            Err(problem) => {
                give_up::<M>(list, &format!("of one of its rows, {problem}"));
                Listed::Silent
            }
        }
    }

    /// The latest list if it fits, or a new one. `None` where there is none to be had, or to be trusted.
    async fn snapshot<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        list: &SharedList<M::Object>,
        fits: impl Fn(Instant) -> bool + Send + Sync,
        writing: Option<&Writing<M::Object>>,
    ) -> Option<Arc<Snapshot>> {
        let fitting = || list.latest().filter(|latest| fits(latest.asked()));
        // A wait goes on where a row shows nothing new; in place of a read it would be believed.
        let needs_proof = || writing.is_none() && !list.is_proven();
        if let Some(latest) = fitting()
            && !needs_proof()
        {
            return Some(latest);
        }
        let looking = writing.map(Writing::look);
        let _asking = operation.bound(list.asking.lock()).await.ok()?;
        if list.is_distrusted() {
            return None;
        }
        // Who asked before may have brought what is wanted here, too.
        let snapshot = if let Some(latest) = fitting() {
            latest
        } else {
            if looking.is_some() {
                self.gather(operation, list).await;
            }
            self.ask_for_list(operation, member, list).await?
        };
        if needs_proof() {
            self.prove(operation, member, list, &snapshot).await;
        }
        (fits(snapshot.asked()) && !list.is_distrusted()).then_some(snapshot)
    }

    async fn ask_for_list<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        list: &SharedList<M::Object>,
    ) -> Option<Arc<Snapshot>> {
        // A list that fails is not tried again: single reads can do without it, and have tries of their own.
        let request = member.list().ok()?.sent_again_if_not_done();
        let answer = match self.exchange(operation, &request).await {
            Ok(answer) => answer,
            Err(Error::Cancelled { .. } | Error::OutOfTime { .. }) => return None,
            Err(error) => {
                give_up::<M>(list, &explain(&error));
                return None;
            }
        };
        match Snapshot::read(&answer.body.unwrap_or_default(), answer.asked, M::KEY) {
            Ok(snapshot) => {
                let snapshot = Arc::new(snapshot);
                list.keep(snapshot.clone());
                Some(snapshot)
            }
            Err(problem) => {
                give_up::<M>(list, &problem);
                None
            }
        }
    }

    /// Holds a row of the list against a read by itself: one that was made before, or one that is made for it.
    async fn prove<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        list: &SharedList<M::Object>,
        snapshot: &Snapshot,
    ) {
        let turns = &self.shared().turns;
        for sample in list.take_samples() {
            let written = turns.last_write(&sample.domain);
            if written.is_none_or(|at| at < sample.asked) && !turns.is_under_way(&sample.domain) {
                compare(member, list, snapshot, &sample.key, &sample.object);
            }
        }
        if list.is_proven() || list.is_distrusted() || snapshot.row(member.key()).is_none() {
            return;
        }
        if let Ok(Some(object)) = self.read(operation, member).await {
            compare(member, list, snapshot, member.key(), &object);
        }
    }
}

fn compare<M: Member>(
    member: &M,
    list: &SharedList<M::Object>,
    snapshot: &Snapshot,
    key: &str,
    object: &M::Object,
) {
    let Some(row) = snapshot.row(key) else {
        return;
    };
    match member.parse_row(key, row) {
        Ok(shown) if M::same(&shown, object) => list.set_proven(),
        Ok(_) => give_up::<M>(list, "a row tells something else than a read by itself"),
        Err(problem) => give_up::<M>(list, &format!("of one of its rows, {problem}")),
    }
}

/// Reads each object by itself from now on, and says so once.
pub(in crate::vonage::psip) fn give_up<M: Member>(list: &SharedList<M::Object>, reason: &str) {
    if list.distrust() {
        tracing::warn!(
            reason,
            "the list does not stand in for reads of {}; each is sent by itself",
            M::EXPECTED
        );
    }
}
