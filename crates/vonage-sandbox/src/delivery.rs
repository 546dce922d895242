//! How a response's bytes reach the client: at once, late, in drops, in part, or not at all.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;

/// How many bytes come at once where they drip.
const DROP: usize = 16;

/// How long a body that breaks off rests before it does, in which what it has is sent.
const BEFORE_THE_CUT: Duration = Duration::from_millis(1);

/// What is wrong with the way of a response. Nothing, by default.
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

/// What a service says instead of a response where the connection is to be reset.
#[derive(Debug, thiserror::Error)]
#[error("the connection is reset, as a fault asks")]
pub(crate) struct Reset;

/// A body on its way. Its whole length is promised, whatever comes of it.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The bytes of a body as `delivery` lets them through.
pub(crate) fn body(mut bytes: Bytes, delivery: &Delivery) -> Body {
    let length = bytes.len();
    bytes.truncate(delivery.truncate.unwrap_or(length));
    let is_cut = bytes.len() < length;
    if delivery.drip.is_none() && !is_cut {
        return Full::new(bytes)
            .map_err(|never| match never {})
            .boxed_unsync();
    }
    let pause = delivery.drip.unwrap_or_default();
    let size = delivery.drip.map_or(length, |_| DROP);
    let frames = stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() && !is_cut {
            return None;
        }
        if rest.is_empty() {
            tokio::time::sleep(BEFORE_THE_CUT).await;
            return Some((Err(io::ErrorKind::UnexpectedEof.into()), rest));
        }
        tokio::time::sleep(pause).await;
        let piece = rest.split_to(size.min(rest.len()));
        Some((Ok(Frame::data(piece)), rest))
    });
    StreamBody::new(frames).boxed_unsync()
}
