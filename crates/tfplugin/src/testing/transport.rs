//! What calls are sent over.

use prost::bytes::Bytes;
use tonic::body::Body;
use tonic::client::GrpcService;
use tonic::codegen::{Body as HttpBody, StdError};

use super::messages::provider_client::ProviderClient;

/// What Terraform's side takes, in bytes.
const MAX_MESSAGE: usize = 256 << 20;

/// What calls can be sent over: a [`Connection`](super::Connection), or a provider's service itself.
pub trait Transport:
    GrpcService<
        Body,
        Error: Into<StdError>,
        ResponseBody: HttpBody<Data = Bytes, Error: Into<StdError> + Send> + Send + 'static,
    > + Clone
{
}

impl<T> Transport for T where
    T: GrpcService<
            Body,
            Error: Into<StdError>,
            ResponseBody: HttpBody<Data = Bytes, Error: Into<StdError> + Send> + Send + 'static,
        > + Clone
{
}

/// A client of the messages, which takes what Terraform's takes.
pub fn message_client<T: Transport>(transport: T) -> ProviderClient<T> {
    ProviderClient::new(transport)
        .max_decoding_message_size(MAX_MESSAGE)
        .max_encoding_message_size(MAX_MESSAGE)
}
