//! How an answer's bytes reach the client: at once, late, in drops, in part, or not at all.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

/// How many bytes come at once where they drip.
const DROP: usize = 16;

/// How long a body that breaks off rests before it does, in which what it has is sent.
const BEFORE_THE_CUT: Duration = Duration::from_millis(1);

/// What is wrong with the way of an answer. Nothing, by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Delivery {
    /// How long the first byte takes.
    pub(crate) first_byte: Duration,
    /// How long each piece of the body takes.
    pub(crate) drip: Option<Duration>,
    /// How many bytes of the body come.
    pub(crate) truncate: Option<usize>,
    /// Whether the connection is reset instead of all this.
    pub(crate) reset: bool,
}

/// What a service says instead of an answer where the connection is to be reset.
#[derive(Debug, thiserror::Error)]
#[error("the connection is reset, as a fault asks")]
pub(crate) struct Reset;

/// A body on its way. Its whole length is promised, whatever comes of it.
#[derive(Debug)]
pub(crate) struct Stream {
    pieces: VecDeque<Bytes>,
    length: u64,
    /// Before each piece.
    pause: Duration,
    /// Whether it breaks off after the last piece.
    is_cut: bool,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Stream {
    /// The bytes of a body as `delivery` lets them through.
    pub(crate) fn new(bytes: &Bytes, delivery: &Delivery) -> Self {
        let length = bytes.len() as u64;
        let kept = delivery.truncate.unwrap_or(usize::MAX).min(bytes.len());
        let is_cut = kept < bytes.len();
        let bytes = bytes.slice(..kept);
        let pieces = match delivery.drip {
            Some(_) => (0..kept)
                .step_by(DROP)
                .map(|from| bytes.slice(from..kept.min(from + DROP)))
                .collect(),
            None => VecDeque::from([bytes]),
        };
        Self {
            pieces,
            length,
            pause: delivery.drip.unwrap_or_default(),
            is_cut,
            waiting: None,
        }
    }

    /// Ready when the pause before the next piece, or before the cut, has passed.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let pause = if self.pieces.is_empty() {
            BEFORE_THE_CUT
        } else {
            self.pause
        };
        if pause.is_zero() {
            return Poll::Ready(());
        }
        let sleep = self
            .waiting
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        ready!(sleep.as_mut().poll(context));
        self.waiting = None;
        Poll::Ready(())
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.pieces.is_empty() && !self.is_cut {
            return Poll::Ready(None);
        }
        ready!(self.poll_pause(context));
        Poll::Ready(Some(match self.pieces.pop_front() {
            Some(piece) => Ok(Frame::data(piece)),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.length == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
