//! The schema of `vonage_application`.

use tfplugin::number::Number;
use tfplugin::schema::{Attribute, ObjectNesting, Schema};

use super::words::{HttpMethod, Region};
use crate::provider::timeouts;

pub(in crate::provider) const FORCE_DESTROY: &str = "force_destroy";
pub(in crate::provider) const ID: &str = "id";
pub(in crate::provider) const IMPROVE_AI: &str = "improve_ai";
pub(in crate::provider) const NAME: &str = "name";
pub(in crate::provider) const PUBLIC_KEY: &str = "public_key";
pub(in crate::provider) const VOICE: &str = "voice";

pub(super) const ANSWER_URL: &str = "answer_url";
pub(super) const CONVERSATIONS_TTL: &str = "conversations_ttl";
pub(super) const EVENT_URL: &str = "event_url";
pub(super) const FALLBACK_ANSWER_URL: &str = "fallback_answer_url";
pub(super) const LEG_PERSISTENCE_TIME: &str = "leg_persistence_time";
pub(super) const REGION: &str = "region";
pub(super) const SIGNED_CALLBACKS: &str = "signed_callbacks";

pub(super) const ADDRESS: &str = "address";
pub(super) const CONNECT_TIMEOUT: &str = "connect_timeout";
pub(super) const HTTP_METHOD: &str = "http_method";
pub(super) const SOCKET_TIMEOUT: &str = "socket_timeout";

pub(super) const DEFAULT_SIGNED_CALLBACKS: bool = true;
/// Hours.
pub(super) const DEFAULT_CONVERSATIONS_TTL: u64 = 48;

const DESCRIPTION: &str = "A Vonage application: where the calls to its SIP domains and numbers get their instructions (an \
NCCO), and where their events go.\n\nCapabilities other than voice, which the dashboard or other programs may have set, stay as \
they are.";

/// What a webhook has where its configuration does not say.
#[derive(Clone, Copy)]
pub(super) struct WebhookDefaults {
    pub(super) http_method: &'static str,
    /// Milliseconds, as the most that it may be.
    pub(super) socket_timeout: u64,
}

/// Milliseconds, as the most that it may be.
pub(super) const DEFAULT_CONNECT_TIMEOUT: u64 = 1_000;

/// Each webhook, with its defaults.
pub(super) const WEBHOOKS: [(&str, WebhookDefaults); 3] = [
    (
        ANSWER_URL,
        WebhookDefaults {
            http_method: "GET",
            socket_timeout: 5_000,
        },
    ),
    (
        FALLBACK_ANSWER_URL,
        WebhookDefaults {
            http_method: "POST",
            socket_timeout: 5_000,
        },
    ),
    (
        EVENT_URL,
        WebhookDefaults {
            http_method: "POST",
            socket_timeout: 10_000,
        },
    ),
];

pub(in crate::provider) fn schema() -> Schema {
    let mut schema = Schema::new(DESCRIPTION, attributes());
    schema.block.blocks.push(timeouts::block());
    schema
}

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::bool(FORCE_DESTROY).default(false).description(
            "Whether the application is deleted even while SIP domains or numbers refer to it, whose calls then fail. Takes effect when it \
             has been applied. Default: `false`.",
        ),
        Attribute::string(ID).computed().description("ID of the application, a UUID that the API makes."),
        Attribute::bool(IMPROVE_AI).default(false).description(
            "Whether Vonage may use the content of calls and messages to improve its models. Default: `false`.",
        ),
        Attribute::string(NAME).required().description("Name of the application. Several may have the same."),
        Attribute::string(PUBLIC_KEY).optional_computed().description(
            "RSA public key in PEM (`-----BEGIN PUBLIC KEY-----`), whose private half signs requests to Vonage's APIs in this \
             application's name; SIP needs none. Without it, the API makes a pair, of which the private key is dropped unread. \
             Spelling does not matter: keys are compared by their content.",
        ),
        Attribute::nested(VOICE, ObjectNesting::Single, voice()).description(
            "What happens with calls. Without it the application has no voice, and no SIP domain or number can use it.",
        ),
    ]
}

fn voice() -> Vec<Attribute> {
    let [answer_url, fallback_answer_url, event_url] = WEBHOOKS.map(webhook);
    let regions = Region::WORDS
        .map(|region| format!("`\"{region}\"`"))
        .join(", ");
    vec![
        answer_url.description("Where the instructions for a call come from: an address that answers with an NCCO."),
        Attribute::number(CONVERSATIONS_TTL).default(Number::from(DEFAULT_CONVERSATIONS_TTL)).description(
            "How long a conversation may be idle before it is deleted, in hours, 1 to 9000. Default: `48`.",
        ),
        event_url.description("Where the events of calls go."),
        fallback_answer_url.description("Where the instructions come from if `answer_url` cannot be reached or answers an error."),
        Attribute::number(LEG_PERSISTENCE_TIME).optional_computed().description(
            "How long the data of a call is kept, in days, 1 to 31. Default: what the API chooses.",
        ),
        Attribute::string(REGION).description(&format!(
            "Where calls are handled, SIP calls included: {regions}. A call that comes in at a regional host stays in the region \
             of that host. Default: what Vonage chooses.",
        )),
        Attribute::bool(SIGNED_CALLBACKS).default(DEFAULT_SIGNED_CALLBACKS).description(
            "Whether requests to the webhooks carry a signed token, by which your server knows that they come from Vonage. \
             Default: `true`.",
        ),
    ]
}

fn webhook((name, defaults): (&str, WebhookDefaults)) -> Attribute {
    let [get, post] = HttpMethod::WORDS;
    let WebhookDefaults {
        http_method,
        socket_timeout,
    } = defaults;
    let attributes = vec![
        Attribute::string(ADDRESS).required().description(
            "URL with `https` or `http`. With `http` what is said of a call can be read on its way.",
        ),
        Attribute::number(CONNECT_TIMEOUT).default(Number::from(DEFAULT_CONNECT_TIMEOUT)).description(
            "How long connecting may take, in milliseconds, 300 to 1000. Default: `1000`.",
        ),
        Attribute::string(HTTP_METHOD).default(http_method).description(&format!(
            "`\"{get}\"` or `\"{post}\"`. Default: `\"{http_method}\"`."
        )),
        Attribute::number(SOCKET_TIMEOUT).default(Number::from(socket_timeout)).description(&format!(
            "How long an answer may take, in milliseconds, 1000 to {socket_timeout}. Default: `{socket_timeout}`."
        )),
    ];
    Attribute::nested(name, ObjectNesting::Single, attributes)
}
