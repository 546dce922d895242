//! A whole provider: its one resource, `file_text`, keeps a text in a file.

use std::process::ExitCode;
use std::sync::Arc;
use std::{fs, io};

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::env::ProcessEnvironment;
use tfplugin::provider::{ConfigureRequest, Context, Provider};
use tfplugin::resource::{
    CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest,
};
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;
use tfplugin::{logging, plugin};

struct Files;

#[async_trait]
impl Provider for Files {
    fn schema(&self) -> Schema {
        schema(Vec::new())
    }

    fn resources(&self) -> Vec<Arc<dyn Resource>> {
        vec![Arc::new(Text)]
    }

    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    async fn configure(&self, _request: ConfigureRequest) -> Diagnostics {
        Diagnostics::new()
    }
}

struct Text;

#[async_trait]
impl Resource for Text {
    fn type_name(&self) -> &'static str {
        "file_text"
    }

    fn schema(&self) -> Schema {
        schema(vec![
            Attribute::string("path").required().requires_replace(),
            Attribute::string("text").required(),
            Attribute::number("bytes").computed(),
        ])
    }

    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// The draft is the configuration, and what was computed before: `bytes` follows from the new text.
    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        let mut planned = request.draft;
        let text = planned.string_field("text");
        let bytes = text.known().map_or(Value::Unknown, size);
        planned.set_attribute("bytes", bytes);
        Ok(planned.into())
    }

    async fn create(&self, _context: &Context, request: CreateRequest) -> Outcome<Stored> {
        write(&request.planned)
    }

    async fn update(&self, _context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        write(&request.planned)
    }

    async fn delete(&self, _context: &Context, prior: Stored) -> Outcome<()> {
        match fs::remove_file(path(&prior.state)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refusal(&error)),
            _ => Ok(().into()),
        }
    }

    async fn read(&self, _context: &Context, mut prior: Stored) -> Outcome<Option<Stored>> {
        match fs::read_to_string(path(&prior.state)) {
            Ok(text) => {
                prior.state = object(path(&prior.state), &text);
                Ok(Some(prior).into())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None.into()),
            Err(error) => Err(refusal(&error)),
        }
    }

    /// The ID is the path; the read that follows finds the text.
    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        match target {
            ImportTarget::Id(path) => Ok(stored(object(&path, "")).into()),
            ImportTarget::Identity(_) => Err(Diagnostics::from_error(
                "Cannot import by identity",
                "A text has none; give its path as the ID.",
            )),
        }
    }
}

fn schema(attributes: Vec<Attribute>) -> Schema {
    let block = Block {
        attributes,
        ..Block::default()
    };
    Schema { version: 0, block }
}

fn write(planned: &Value) -> Outcome<Stored> {
    let text = planned.attribute("text").as_str().unwrap_or_default();
    fs::write(path(planned), text).map_err(|error| refusal(&error))?;
    Ok(stored(object(path(planned), text)).into())
}

fn object(path: &str, text: &str) -> Value {
    Value::object([
        ("path", path.into()),
        ("text", text.into()),
        ("bytes", size(text)),
    ])
}

fn size(text: &str) -> Value {
    i64::try_from(text.len()).ok().into()
}

fn path(object: &Value) -> &str {
    object.attribute("path").as_str().unwrap_or_default()
}

fn stored(state: Value) -> Stored {
    Stored {
        state,
        private: Vec::new(),
    }
}

fn refusal(error: &io::Error) -> Diagnostics {
    Diagnostics::from_error("Cannot use the file", error.to_string())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    logging::init("file", env!("CARGO_CRATE_NAME"), &ProcessEnvironment);
    match plugin::serve(Files, &ProcessEnvironment).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            logging::complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}
