//! The members of an application and of each of its capabilities, as version 2.4.1 of the specification and live answers have them.

use super::schema::{Leaf, Member, Rule};

/// An application in a request.
pub(super) static APPLICATION: [Member; 4] = [
    Member::new("name", Rule::Text),
    Member::new("keys", Rule::Object(&KEYS)),
    Member::new("privacy", Rule::Object(&PRIVACY)),
    Member::new("capabilities", Rule::Object(&CAPABILITIES)),
];

static KEYS: [Member; 1] = [Member::new("public_key", Rule::Text)];
static PRIVACY: [Member; 1] = [Member::new("improve_ai", Rule::Flag)];

pub(super) static CAPABILITIES: [Member; 8] = [
    Member::new("voice", Rule::Object(&VOICE)),
    Member::new("rtc", Rule::Object(&RTC)),
    Member::new("messages", Rule::Object(&MESSAGES)),
    Member::new("vbc", Rule::Object(&[])),
    Member::new("network_apis", Rule::Object(&NETWORK_APIS)),
    Member::new("meetings", Rule::Object(&MEETINGS)),
    Member::new("verify", Rule::Object(&VERIFY)),
    Member::new("video", Rule::Object(&VIDEO)),
];

static VOICE: [Member; 5] = [
    Member::new("webhooks", Rule::Object(&VOICE_WEBHOOKS)),
    Member::new("signed_callbacks", Rule::Flag).or(Leaf::Flag(true)),
    Member::new("conversations_ttl", Rule::Whole(1, 9000)).or(Leaf::Whole(48)),
    // Its default follows a switch.
    Member::new("leg_persistence_time", Rule::Whole(1, 31)),
    // Which regions there are follows a switch.
    Member::new("region", Rule::Text),
];

pub(super) const REGIONS: [&str; 6] = [
    "na-east",
    "na-west",
    "eu-east",
    "eu-west",
    "apac-sng",
    "apac-australia",
];

static VOICE_WEBHOOKS: [Member; 3] = [
    Member::new("answer_url", Rule::Object(&ANSWER)),
    Member::new("fallback_answer_url", Rule::Object(&FALLBACK)),
    Member::new("event_url", Rule::Object(&EVENT)),
];

const METHODS: Rule = Rule::OneOf(&["GET", "POST"]);
const CONNECT_TIMEOUT: Member =
    Member::new("connect_timeout", Rule::Whole(300, 1000)).or(Leaf::Whole(1000));
const SOCKET_TIMEOUT: Member =
    Member::new("socket_timeout", Rule::Whole(1000, 5000)).or(Leaf::Whole(5000));

static ANSWER: [Member; 4] = [
    Member::new("address", Rule::Address),
    Member::new("http_method", METHODS).or(Leaf::Text("GET")),
    CONNECT_TIMEOUT,
    SOCKET_TIMEOUT,
];

static FALLBACK: [Member; 4] = [
    Member::new("address", Rule::AddressOrEmpty),
    Member::new("http_method", METHODS).or(Leaf::Text("GET")),
    CONNECT_TIMEOUT,
    SOCKET_TIMEOUT,
];

static EVENT: [Member; 4] = [
    Member::new("address", Rule::Address),
    Member::new("http_method", METHODS).or(Leaf::Text("POST")),
    CONNECT_TIMEOUT,
    Member::new("socket_timeout", Rule::Whole(1000, 10_000)).or(Leaf::Whole(10_000)),
];

static RTC: [Member; 2] = [
    Member::new("webhooks", Rule::Object(&RTC_WEBHOOKS)),
    Member::new("signed_callbacks", Rule::Flag).or(Leaf::Flag(true)),
];
static RTC_WEBHOOKS: [Member; 1] = [Member::new("event_url", Rule::Object(&RTC_EVENT))];
static RTC_EVENT: [Member; 2] = [
    Member::new("address", Rule::Address),
    Member::new("http_method", METHODS).or(Leaf::Text("POST")),
];

/// A webhook that is always called by POST.
static POSTED: [Member; 2] = [
    Member::new("address", Rule::Address),
    Member::new("http_method", Rule::OneOf(&["POST"])).or(Leaf::Text("POST")),
];

static MESSAGES: [Member; 3] = [
    Member::new("webhooks", Rule::Object(&MESSAGES_WEBHOOKS)),
    Member::new("version", Rule::OneOf(&["v0.1", "v1"]))
        .or(Leaf::Text("v1"))
        .undocumented(),
    Member::new("authenticate_inbound_media", Rule::Flag).undocumented(),
];
static MESSAGES_WEBHOOKS: [Member; 2] = [
    Member::new("inbound_url", Rule::Object(&POSTED)),
    Member::new("status_url", Rule::Object(&POSTED)),
];

static NETWORK_APIS: [Member; 2] = [
    Member::new("network_application_id", Rule::Text),
    Member::new("redirect_uri", Rule::Text),
];

static MEETINGS: [Member; 1] = [Member::new("webhooks", Rule::Object(&MEETINGS_WEBHOOKS))];
/// The specification calls them otherwise in a PUT than elsewhere.
static MEETINGS_WEBHOOKS: [Member; 6] = [
    Member::new("recording_changed", Rule::Object(&POSTED)),
    Member::new("room_changed", Rule::Object(&POSTED)),
    Member::new("session_changed", Rule::Object(&POSTED)),
    Member::new("recording_url", Rule::Object(&POSTED)),
    Member::new("rooms_url", Rule::Object(&POSTED)),
    Member::new("sessions_url", Rule::Object(&POSTED)),
];

static VERIFY: [Member; 2] = [
    Member::new("webhooks", Rule::Object(&VERIFY_WEBHOOKS)),
    Member::new("version", Rule::Text)
        .or(Leaf::Text("v2"))
        .undocumented(),
];
static VERIFY_WEBHOOKS: [Member; 1] = [Member::new("status_url", Rule::Object(&POSTED))];

static VIDEO: [Member; 2] = [
    Member::new("webhooks", Rule::Object(&VIDEO_WEBHOOKS)),
    Member::new("storage", Rule::Object(&VIDEO_STORAGE)),
];
static VIDEO_STORAGE: [Member; 3] = [
    Member::new("server_side_encryption", Rule::Flag),
    Member::new("end_to_end_encryption", Rule::Flag),
    Member::new("cloud_storage", Rule::Flag),
];
static VIDEO_WEBHOOK: [Member; 2] = [
    Member::new("address", Rule::Address),
    Member::new("active", Rule::Flag),
];
static VIDEO_WEBHOOKS: [Member; 15] = [
    Member::new("archive_status", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("connection_created", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("connection_destroyed", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("session_created", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("session_destroyed", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("session_notification", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("stream_created", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("stream_destroyed", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("render_status", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("captions_status", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("broadcast_status", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("sip_call_created", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("sip_call_updated", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("sip_call_destroyed", Rule::Object(&VIDEO_WEBHOOK)),
    Member::new("sip_call_mute_forced", Rule::Object(&VIDEO_WEBHOOK)),
];
