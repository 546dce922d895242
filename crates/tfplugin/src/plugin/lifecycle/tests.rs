//! Tests of the two steps and their bounds, on a clock that only moves when everyone waits.

use std::future::pending;

use tokio::time::Instant;

use super::*;

/// A source of `count` signals, and silence after.
fn signals(count: u32) -> impl AsyncFnMut() {
    let mut left = count;
    async move || {
        if left == 0 {
            pending::<()>().await;
        }
        left -= 1;
    }
}

#[tokio::test(start_paused = true)]
async fn a_signal_ends_an_idle_process_at_once() {
    let lifecycle = Lifecycle::default();
    let start = Instant::now();
    lifecycle.until_closing(signals(1), pending()).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(lifecycle.ending().is_cancelled() && lifecycle.closing().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_signal_lets_running_work_finish() {
    let lifecycle = Lifecycle::default();
    let ending = lifecycle.ending().clone();
    let closing = lifecycle.closing().clone();
    let work = lifecycle.work().spawn(async move {
        ending.cancelled().await;
        tokio::time::sleep(Duration::from_secs(20)).await;
        closing.is_cancelled()
    });
    let start = Instant::now();
    lifecycle.until_closing(signals(1), pending()).await;
    assert!(!work.await.unwrap(), "closed while work was running");
    assert_eq!(start.elapsed(), Duration::from_secs(20));
}

#[tokio::test(start_paused = true)]
async fn work_that_never_ends_does_not_hold_a_signal_up_for_ever() {
    let lifecycle = Lifecycle::default();
    let _work = lifecycle.work().token();
    let start = Instant::now();
    lifecycle.until_closing(signals(1), pending()).await;
    assert_eq!(start.elapsed(), TERMINATION_GRACE);
}

#[tokio::test(start_paused = true)]
async fn a_second_signal_does_not_wait_for_work() {
    let lifecycle = Lifecycle::default();
    let _work = lifecycle.work().token();
    let start = Instant::now();
    lifecycle.until_closing(signals(2), pending()).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_lost_host_closes_at_once() {
    let lifecycle = Lifecycle::default();
    let _work = lifecycle.work().token();
    let start = Instant::now();
    lifecycle.until_closing(signals(0), async {}).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(lifecycle.ending().is_cancelled() && lifecycle.closing().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_lost_host_cuts_the_grace_of_a_signal_short() {
    let lifecycle = Lifecycle::default();
    let _work = lifecycle.work().token();
    let start = Instant::now();
    let host_gone = tokio::time::sleep(Duration::from_secs(3));
    lifecycle.until_closing(signals(1), host_gone).await;
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn draining_waits_for_work_within_its_bound() {
    let lifecycle = Lifecycle::default();
    let connections = TaskTracker::new();
    let second = Duration::from_secs(1);
    lifecycle.work().spawn(tokio::time::sleep(second));
    let start = Instant::now();
    lifecycle.drain(&connections).await;
    assert_eq!(start.elapsed(), second);
    let _stuck = connections.token();
    lifecycle.drain(&connections).await;
    assert_eq!(start.elapsed(), second + DRAIN);
}
