//! Sends the requests of a run or of a cleaning, within bounds on their number and time.

use std::time::Duration;

use super::reply::{Body, Reply};
use crate::causes::explain;
use crate::vonage::{Error, Operation, Raw, Request};

/// How often a read without a good answer is sent again.
const READS_AGAIN: u32 = 2;
/// How often a request is sent again that was one too many.
const THROTTLED_AGAIN: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(300);

/// Why nothing more is sent.
#[derive(Clone, Debug)]
pub(super) struct Stop(pub(super) String);

pub(super) struct Sender<'a> {
    api: &'a Raw,
    operation: Operation,
    most: u32,
    pub(super) sent: u32,
    /// How many requests in a row may have no answer that says anything, and how many had none so far.
    most_failures: u32,
    failures: u32,
    /// The first answer that asked for fewer requests.
    pub(super) throttled: Option<Reply>,
}

/// What a request came to: an answer, or why there is none that says anything.
pub(super) type Answered = Result<Reply, String>;

impl<'a> Sender<'a> {
    pub(super) fn new(api: &'a Raw, operation: Operation, most: u32, most_failures: u32) -> Self {
        Self {
            api,
            operation,
            most,
            sent: 0,
            most_failures,
            failures: 0,
            throttled: None,
        }
    }

    /// Sends a request, a read again where its answer says nothing, and any where it was one too many. A write whose outcome is
    /// not known is not sent again: a second one would be answered as something else.
    pub(super) async fn send(&mut self, request: &Request) -> Result<Answered, Stop> {
        let is_read = !request.is_write();
        let (mut failures, mut throttled) = (0, 0);
        loop {
            let answered = self.send_once(request).await?;
            let is_throttled = matches!(&answered, Ok(reply) if reply.status == 429);
            let is_empty = match &answered {
                Err(_) => true,
                // Each good answer to a read is JSON, whatever the API's habits are.
                Ok(reply) => {
                    let is_json = matches!(reply.body, Body::Json(_));
                    reply.status >= 500 || (is_read && reply.is_success() && !is_json)
                }
            };
            self.failures = if is_empty { self.failures + 1 } else { 0 };
            if self.failures >= self.most_failures {
                let requests = self.failures;
                return Err(Stop(format!(
                    "the API has not answered {requests} requests in a row"
                )));
            }
            if is_throttled && throttled < THROTTLED_AGAIN {
                throttled += 1;
            } else if is_empty && is_read && failures < READS_AGAIN {
                failures += 1;
                self.pause(FIRST_PAUSE * failures).await?;
            } else {
                return Ok(match answered {
                    // Of a read, a status of 5xx is what a list may have for good.
                    Ok(reply) if is_empty && (!is_read || reply.status < 500) => Err(format!(
                        "{} was answered {}, in a way that says nothing",
                        request.name, reply.status
                    )),
                    other => other,
                });
            }
        }
    }

    async fn send_once(&mut self, request: &Request) -> Result<Answered, Stop> {
        if self.sent >= self.most {
            return Err(Stop(format!(
                "the bound of {} requests was reached",
                self.most
            )));
        }
        self.sent += 1;
        let answer = if request.name.path.starts_with("/account/") {
            self.api.send_to_rest(&self.operation, request).await
        } else {
            self.api.send(&self.operation, request).await
        };
        match answer {
            Ok(answer) => {
                let reply = Reply::of(&answer);
                match reply.status {
                    401 => {
                        return Err(Stop(
                            "the API does not accept the key and the secret (401)".to_owned(),
                        ));
                    }
                    429 if self.throttled.is_none() => self.throttled = Some(reply.clone()),
                    _ => {}
                }
                Ok(Ok(reply))
            }
            Err(Error::Cancelled { .. }) => Err(Stop("it was interrupted".to_owned())),
            Err(Error::OutOfTime { .. }) => Err(Stop("its time ran out".to_owned())),
            Err(error) => Ok(Err(explain(&error))),
        }
    }

    pub(super) async fn pause(&self, time: Duration) -> Result<(), Stop> {
        let slept = self.operation.sleep(time).await;
        slept.map_err(|_| Stop("it was interrupted, or its time ran out".to_owned()))
    }
}
