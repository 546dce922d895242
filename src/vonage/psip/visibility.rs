//! Waits until reads show what a write did; many writes at once are awaited by the same looks.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use super::together::{Listed, Member, Write, Writing, give_up};
use super::watch::{Alone, Look, Visibility};
use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;

/// A write that the API has accepted, and what is to be seen of it.
pub(super) struct Awaited<'a, M: Member> {
    pub(super) member: &'a M,
    pub(super) write: Write,
    pub(super) writing: &'a Writing<M::Object>,
}

impl Client {
    /// Waits until `shows` is true of what a read gives, for as long as a write may take to show.
    pub(super) async fn await_visibility<M: Member>(
        &self,
        operation: &Operation,
        awaited: Awaited<'_, M>,
        shows: impl Fn(Option<&M::Object>) -> bool + Send + Sync,
    ) -> Visibility {
        let limit = self.shared().pace.visible_within;
        let mut looks = Gathered {
            awaited,
            finished: Instant::now(),
            asked: Instant::now(),
            taken: 0,
            last: Source::Alone,
            any_list: false,
        };
        let judge = |seen: Option<M::Object>| {
            if shows(seen.as_ref()) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let watched = self.watch(operation, &mut looks, limit, judge).await;
        if watched.is_ok() {
            looks.learn();
        }
        watched.into()
    }

    /// Waits until reads show no such object any more.
    pub(super) async fn await_absence<M: Member>(
        &self,
        operation: &Operation,
        awaited: Awaited<'_, M>,
    ) -> Visibility {
        self.await_visibility(operation, awaited, |seen| seen.is_none())
            .await
    }
}

/// Looks by lists while others do, too, and by itself otherwise.
struct Gathered<'a, M: Member> {
    awaited: Awaited<'a, M>,
    /// When the write was answered: what was asked for earlier does not count.
    finished: Instant,
    /// When the latest look was asked for.
    asked: Instant,
    taken: u32,
    /// What gave the latest look.
    last: Source,
    /// Whether any look was taken by a list.
    any_list: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Alone,
    List,
}

impl<M: Member> Gathered<'_, M> {
    /// Learns from a wait that has ended well.
    fn learn(&self) {
        if self.last == Source::Alone && self.any_list {
            give_up::<M>(
                self.awaited.writing.list(),
                "it does not show in time what a read by itself shows",
            );
        }
        let delay = self.asked.duration_since(self.finished);
        let list = self.awaited.writing.list();
        list.learn(self.awaited.write, self.asked, delay, self.taken == 1);
    }

    fn saw<T>(&mut self, asked: Instant, seen: T) -> T {
        self.asked = asked;
        self.last = Source::List;
        self.any_list = true;
        seen
    }

    async fn look_at_list(&mut self, client: &Client, operation: &Operation) -> Listed<M::Object> {
        let after = self.asked.max(self.finished);
        let first = self.taken == 1;
        // Another's look that was asked for after this write was answered, and after the last look, serves as well.
        let fits = |asked: Instant| if first { asked >= after } else { asked > after };
        let Awaited {
            member, writing, ..
        } = &self.awaited;
        let list = writing.list();
        client
            .listed(operation, *member, list, fits, Some(*writing))
            .await
    }
}

impl<M: Member> Look for Gathered<'_, M> {
    type Object = M::Object;
    const EXPECTED: &'static str = M::EXPECTED;

    async fn look(
        &mut self,
        client: &Client,
        operation: &Operation,
    ) -> Result<Option<M::Object>, Error> {
        self.taken += 1;
        let list = self.awaited.writing.list();
        if self.taken == 1 {
            let expected = list.expected_delay(self.awaited.write);
            // Where it does not fit into the time that is left, the look is taken at once.
            let _ = operation.sleep(expected).await;
        }
        let by_list = client.settings().share_reads
            && !list.is_distrusted()
            && list.is_crowded()
            && self.finished.elapsed() < client.shared().pace.lists_believed_for;
        if by_list {
            match self.look_at_list(client, operation).await {
                Listed::Shown(object, asked) => return Ok(self.saw(asked, Some(object))),
                Listed::Lacking(asked) => return Ok(self.saw(asked, None)),
                Listed::Silent => {}
            }
        }
        self.last = Source::Alone;
        self.asked = Instant::now();
        Alone(self.awaited.member).look(client, operation).await
    }

    fn pause(&self, client: &Client, looks: u32) -> Duration {
        let pace = &client.shared().pace;
        if self.awaited.writing.list().is_crowded() {
            // The looks of all are to fall together.
            pace.before_shared_look(looks)
        } else {
            pace.before_look(looks)
        }
    }
}
