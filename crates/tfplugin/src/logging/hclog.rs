//! Writes the events of this crate and of the provider's as hclog's JSON lines. Every value is a string: the host crashes
//! on anything else in `@message`, `@level` and `@timestamp`.

use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serializer as _;
use time::OffsetDateTime;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// This crate. Its events and those of the provider's are written; others' tell of bytes, and could tell secrets.
const OWN: &str = env!("CARGO_CRATE_NAME");

/// The host splits lines of 64 KiB and more.
const MAX_LINE: usize = 60 << 10;
/// Bytes of one value. Six times this, the most that JSON makes of it, is still less than a line.
const MAX_VALUE: usize = 8 << 10;

/// One event's or span's fields, in order.
type Fields = Vec<(&'static str, String)>;

/// Formats events, each with the fields of the spans around it, and hands each line to `write`.
pub(super) struct Layer<C, W> {
    level: Level,
    provider_crate: &'static str,
    clock: C,
    write: W,
}

impl<C, W> Layer<C, W>
where
    C: Fn() -> SystemTime,
    W: Fn(&[u8]),
{
    pub(super) fn new(level: Level, provider_crate: &'static str, clock: C, write: W) -> Self {
        Self {
            level,
            provider_crate,
            clock,
            write,
        }
    }

    /// The module's path within one of the two crates; `None` for any other crate.
    fn path_within<'a>(&self, target: &'a str) -> Option<&'a str> {
        [OWN, self.provider_crate]
            .into_iter()
            .filter_map(|name| target.strip_prefix(name))
            .find(|path| path.is_empty() || path.starts_with("::"))
    }

    /// The logger's name as hclog has it: `provider`, and the module's path with dots.
    fn module(&self, target: &str) -> String {
        let path = self.path_within(target).unwrap_or_default();
        format!("provider{}", path.replace("::", "."))
    }
}

/// Writes a line in one piece, so that lines of several threads do not mix.
pub(super) fn write_to_stderr(line: &[u8]) {
    // Nobody is left to be told that it failed.
    let _ = std::io::stderr().write_all(line);
}

impl<S, C, W> tracing_subscriber::Layer<S> for Layer<C, W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    C: Fn() -> SystemTime + 'static,
    W: Fn(&[u8]) + 'static,
{
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        *metadata.level() <= self.level && self.path_within(metadata.target()).is_some()
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level.into())
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Collector::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields.fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut more = Collector::default();
        values.record(&mut more);
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            fields.append(&mut more.fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut collected = Collector::default();
        if let Some(scope) = context.event_scope(event) {
            for span in scope.from_root() {
                if let Some(fields) = span.extensions().get::<Fields>() {
                    collected.fields.extend(fields.iter().cloned());
                }
            }
        }
        event.record(&mut collected);
        let level = event.metadata().level();
        let head = [
            ("@timestamp", timestamp((self.clock)())),
            ("@level", level.as_str().to_lowercase()),
            ("@module", self.module(event.metadata().target())),
            ("@message", collected.message),
        ];
        (self.write)(&line(&head, &collected.fields));
    }
}

/// `YYYY-MM-DDTHH:MM:SS.ffffffZ`: UTC with exactly six digits of a second, as the host takes no line with more or fewer. A time
/// before 1970 becomes 1970.
fn timestamp(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = time.to_calendar_date();
    let (hour, minute, second) = time.to_hms();
    let (month, micros) = (u8::from(month), since.subsec_micros());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

/// One line. Where it would be too long, it is the head alone, and says so.
fn line(head: &[(&'static str, String)], fields: &[(&'static str, String)]) -> Vec<u8> {
    let whole = json_line(head.iter().chain(fields));
    if whole.len() <= MAX_LINE {
        return whole;
    }
    let note = [("truncated", "fields left out".to_owned())];
    json_line(head.iter().chain(&note))
}

fn json_line<'a>(fields: impl Iterator<Item = &'a (&'static str, String)>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    let pairs = fields.map(|(name, value)| (name, value));
    // Strings into memory: there is nothing in this that can fail.
    let _ = serde_json::Serializer::new(&mut bytes).collect_map(pairs);
    bytes.push(b'\n');
    bytes
}

/// Takes the message and the fields out of an event or span, as text of bounded length.
#[derive(Default)]
struct Collector {
    message: String,
    fields: Fields,
}

impl Collector {
    fn put(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        let mut bounded = Bounded::default();
        // `Bounded` stops writing with an error when it is full, and that is fine.
        let _ = bounded.write_fmt(value);
        let text = bounded.finish();
        match field.name() {
            "message" => self.message = text,
            name => self.fields.push((name, text)),
        }
    }
}

impl Visit for Collector {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format_args!("{value:?}"));
    }
}

/// Text that stops growing at [`MAX_VALUE`].
#[derive(Default)]
struct Bounded {
    text: String,
    full: bool,
}

impl Bounded {
    fn finish(mut self) -> String {
        if self.full {
            self.text.push('…');
        }
        self.text
    }
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        let room = MAX_VALUE - self.text.len();
        if self.full || piece.len() > room {
            let end = piece.floor_char_boundary(if self.full { 0 } else { room });
            self.text.push_str(piece.get(..end).unwrap_or_default());
            self.full = true;
            return Err(fmt::Error);
        }
        self.text.push_str(piece);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
