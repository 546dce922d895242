//! A runtime whose clock goes on only while there is nothing else to do, and then fast: minutes take a moment.
//!
//! Everything that talks must be within it, the server, too. Tokio's own way of skipping waits is of no use here: it
//! skips them also while bytes are under way.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::mpsc;

/// How far the clock goes at once: less than any wait that a test is about.
const STEP: Duration = Duration::from_millis(100);

/// How long there must have been nothing to do. What was written to a loopback connection is there at once.
const LULL: Duration = Duration::from_micros(60);

/// Runs `work` on such a clock.
pub(crate) fn run<F: Future>(work: F) -> F::Output {
    // Odd while the thread is parked.
    let parks = Arc::new(AtomicU64::new(0));
    let counted = || {
        let parks = Arc::clone(&parks);
        move || {
            parks.fetch_add(1, Ordering::SeqCst);
        }
    };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .on_thread_park(counted())
        .on_thread_unpark(counted())
        .build()
        .unwrap();
    let is_over = Arc::new(AtomicBool::new(false));
    let output = runtime.block_on(async {
        let (tick, mut ticks) = mpsc::channel(1);
        let watch = {
            let is_over = Arc::clone(&is_over);
            move || watch(&parks, &is_over, &tick)
        };
        // As long as it runs, tokio skips no waits of its own accord.
        tokio::task::spawn_blocking(watch);
        tokio::spawn(async move {
            while ticks.recv().await.is_some() {
                tokio::time::advance(STEP).await;
            }
        });
        let _ending = Ending(&is_over);
        work.await
    });
    runtime.shutdown_background();
    output
}

/// Ends the watch, also where the work panics.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Asks for a step whenever the runtime's thread has been parked for a moment. Steps do not pile up.
fn watch(parks: &AtomicU64, is_over: &AtomicBool, tick: &mpsc::Sender<()>) {
    let mut before = 0;
    while !is_over.load(Ordering::SeqCst) {
        thread::sleep(LULL);
        let now = parks.load(Ordering::SeqCst);
        if now == before && now % 2 == 1 {
            // It is full where the last step was not taken yet.
            let _ = tick.try_send(());
        }
        before = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_of_many_minutes_pass_and_answers_come_before_them() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        use tokio::net::{TcpListener, TcpStream};
        run(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.unwrap();
                let byte = stream.read_u8().await.unwrap();
                tokio::time::sleep(Duration::from_mins(10)).await;
                stream.write_u8(byte).await.unwrap();
            });
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_u8(7).await.unwrap();
            let answer = tokio::time::timeout(Duration::from_mins(11), stream.read_u8());
            assert_eq!(answer.await.unwrap().unwrap(), 7);
        });
    }
}
