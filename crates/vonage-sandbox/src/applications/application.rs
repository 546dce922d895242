//! The rules of an application in the body of a POST or PUT, and what is filled in.

use serde_json::{Value, json};

use super::keys;
use super::members::{APPLICATION, CAPABILITIES, REGIONS};
use super::problem::{self, Invalid};
use super::schema::{self, Check, Rule};
use crate::json::Object;
use crate::problem::Problem;
use crate::state_file::text;
use crate::switches::{
    ImproveAi, Kept, LegPersistence, NameRules, PutKeys, PutReadOnly, Regions, Switches,
};

/// An application as it is to be stored.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) application: Object,
    /// Whether its keys are a new pair of the API's own.
    pub(super) has_new_keys: bool,
}

/// The application that a request asks for in the place of the old one, if there is one.
pub(super) fn accept(
    mut body: Object,
    old: Option<&Object>,
    switches: &Switches,
) -> Result<Accepted, Problem> {
    if body.get("capabilities").is_some_and(Value::is_array) {
        return Err(problem::internal());
    }
    if old.is_some() {
        take_read_only(&mut body, switches)?;
    }
    let mut check = Check {
        switches,
        is_update: old.is_some(),
        invalid: Vec::new(),
    };
    check.object(&mut body, &APPLICATION, old, "")?;
    let mut invalid = check.invalid;
    invalid.extend(check_name(&mut body, switches).err());
    invalid.extend(check_region(&body, switches).err());
    let had_keys = body.contains_key("keys");
    let public_key = public_key(&body).map_err(|refused| invalid.push(refused));
    if !invalid.is_empty() {
        return Err(problem::invalid_payload(&invalid));
    }
    let public_key = public_key.unwrap_or_default();
    let kept_key = old
        .map(|old| old.get("keys").cloned().unwrap_or_default())
        .filter(|_| match switches.applications.application_put_keys {
            PutKeys::Kept => true,
            PutKeys::RenewedByEmpty => !had_keys,
            PutKeys::Renewed => false,
        });
    let has_new_keys = public_key.is_none() && kept_key.is_none();
    let keys = match (public_key, kept_key) {
        (None, Some(kept)) => kept,
        (sent, _) => json!({ "public_key": sent.as_deref().unwrap_or(keys::PUBLIC_KEY) }),
    };
    body.insert("keys".into(), keys);
    fill_capabilities(&mut body, old, switches);
    fill_privacy(&mut body, old, switches);
    Ok(Accepted {
        application: body,
        has_new_keys,
    })
}

/// Takes away what a PUT may hold without a meaning.
fn take_read_only(body: &mut Object, switches: &Switches) -> Result<(), Problem> {
    let ignored: &[&str] = match switches.applications.application_put_read_only {
        PutReadOnly::Id => &["id"],
        PutReadOnly::Ignore => &["id", "_links"],
        PutReadOnly::Reject => &[],
    };
    for name in ignored {
        body.remove(*name);
    }
    // The old application has an ID, too: the check of all members would take it as read.
    if body.contains_key("id") {
        let known = APPLICATION.iter().map(|member| member.name);
        return Err(problem::unknown_member("id", known));
    }
    Ok(())
}

fn invalid(name: &str, reason: impl Into<String>) -> Invalid {
    Invalid {
        name: name.to_owned(),
        reason: reason.into(),
    }
}

fn check_name(body: &mut Object, switches: &Switches) -> Result<(), Invalid> {
    let rules = switches.applications.application_name;
    let Some(sent) = body.get("name") else {
        return Err(invalid("name", "is required"));
    };
    // A name of another type was told by the check of all members.
    let Some(mut name) = sent.as_str() else {
        return Ok(());
    };
    if rules != NameRules::Any && name.trim().is_empty() {
        return Err(invalid("name", "must not be blank"));
    }
    if rules == NameRules::Trimmed {
        name = name.trim();
    }
    if let Some(most) = switches.applications.application_name_max
        && name.chars().count() > most
    {
        return Err(invalid(
            "name",
            format!("must have at most {most} characters"),
        ));
    }
    let name = name.to_owned();
    body.insert("name".into(), name.into());
    Ok(())
}

fn check_region(body: &Object, switches: &Switches) -> Result<(), Invalid> {
    let region = body
        .get("capabilities")
        .and_then(|all| all.get("voice")?.get("region")?.as_str());
    let is_known = region.is_none_or(|region| REGIONS.contains(&region));
    if is_known || switches.applications.application_regions == Regions::Any {
        return Ok(());
    }
    let reason = format!("must be one of: {}", REGIONS.join(", "));
    Err(invalid("capabilities.voice.region", reason))
}

/// The public key that was sent, if any.
fn public_key(body: &Object) -> Result<Option<String>, Invalid> {
    let sent = body.get("keys").and_then(|keys| keys.get("public_key"));
    let Some(sent) = sent.and_then(Value::as_str) else {
        return Ok(None);
    };
    let refused = || invalid("keys.public_key", "must be an RSA public key in PEM");
    keys::normalized(sent).map(Some).ok_or_else(refused)
}

fn fill_capabilities(body: &mut Object, old: Option<&Object>, switches: &Switches) {
    let switches = &switches.applications;
    let old = old.and_then(|old| old.get("capabilities")?.as_object());
    let whole = old.filter(|_| switches.application_put_capabilities == Kept::Kept);
    let capabilities = body
        .entry("capabilities")
        .or_insert_with(|| whole.cloned().unwrap_or_default().into());
    let Value::Object(capabilities) = capabilities else {
        return;
    };
    let kept = old.filter(|_| switches.application_put_fields == Kept::Kept);
    for member in &CAPABILITIES {
        if let (Some(Value::Object(capability)), Rule::Object(members)) =
            (capabilities.get_mut(member.name), &member.rule)
        {
            let kept = kept.and_then(|kept| kept.get(member.name)?.as_object());
            schema::fill(capability, members, kept);
        }
    }
    let Some(Value::Object(voice)) = capabilities.get_mut("voice") else {
        return;
    };
    let days = match switches.application_leg_persistence_time {
        LegPersistence::Week => 7,
        LegPersistence::TwoDays => 2,
    };
    voice.entry("leg_persistence_time").or_insert(days.into());
    if switches.application_put_region == Kept::Kept {
        let region = old.and_then(|old| old.get("voice")?.get("region"));
        if let Some(region) = region {
            voice.entry("region").or_insert_with(|| region.clone());
        }
    }
}

fn fill_privacy(body: &mut Object, old: Option<&Object>, switches: &Switches) {
    let switches = &switches.applications;
    let default = switches.application_improve_ai == ImproveAi::On;
    let kept = old
        .filter(|_| switches.application_put_privacy == Kept::Kept)
        .and_then(|old| old.get("privacy")?.get("improve_ai").cloned());
    let privacy = body.entry("privacy").or_insert_with(|| json!({}));
    if let Value::Object(privacy) = privacy {
        privacy
            .entry("improve_ai")
            .or_insert(kept.unwrap_or(default.into()));
    }
}

/// Whether an application goes by this name.
pub(super) fn is_named(application: &Object, name: &str) -> bool {
    text(application, "name") == name
}
