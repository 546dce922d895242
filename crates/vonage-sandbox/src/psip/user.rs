//! The rules of a user in the body of a POST or PUT. No specification of them is public: they are what clients report.

use serde_json::Value;

use super::problem::{self, Problem};
use crate::json::Object;
use crate::switches::{KeyRules, SecretRules, Switches};

/// The most users that a domain can have (specification 1.2.0).
pub(crate) const MAX_USERS: usize = 200;

/// The user as it is stored, in the domain that its path names.
pub(crate) fn accept(
    mut user: Object,
    domain: &str,
    switches: &Switches,
) -> Result<Object, Problem> {
    let refused = |detail: &str| problem::invalid_user(detail, switches.user_error_status);
    check_key(user.get("key"), switches.key_rules).map_err(refused)?;
    check_secret(user.get("secret"), switches.secret_rules).map_err(refused)?;
    user.insert("domain".into(), domain.into());
    Ok(user)
}

fn check_key(key: Option<&Value>, rules: KeyRules) -> Result<(), &'static str> {
    let key = key.and_then(Value::as_str).unwrap_or_default();
    if key.is_empty() {
        return Err("User key may not be empty");
    }
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if rules == KeyRules::Strict && (key.len() > 64 || !key.bytes().all(known)) {
        return Err("User key must be at most 64 characters of a-z, 0-9 and hyphen");
    }
    Ok(())
}

fn check_secret(secret: Option<&Value>, rules: SecretRules) -> Result<(), &'static str> {
    let secret = secret.and_then(Value::as_str).unwrap_or_default();
    let has = |kind: fn(&char) -> bool| secret.chars().any(|character| kind(&character));
    let strong = (12..=64).contains(&secret.chars().count())
        && has(char::is_ascii_digit)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_uppercase);
    let fits = match rules {
        SecretRules::Strict => strong,
        SecretRules::Alphanumeric => strong && !has(|it| !it.is_ascii_alphanumeric()),
        SecretRules::None => !secret.is_empty(),
    };
    if !fits {
        return Err(
            "Secret is case sensitive and must be 12 to 64 characters with at least one digit, one lower and one upper case letter",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::psip::view;
    use crate::tests::harness::detail;

    fn user(key: &str, secret: &str) -> Result<Object, Problem> {
        let body = json!({"key": key, "secret": secret});
        accept(
            body.as_object().unwrap().clone(),
            "mydomain",
            &Switches::default(),
        )
    }

    #[test]
    fn a_user_is_stored_with_its_domain_and_shown_without_its_secret() {
        let stored = user("alice-1", "Passw0rd1234").unwrap();
        assert_eq!(
            json!(stored),
            json!({"key": "alice-1", "secret": "Passw0rd1234", "domain": "mydomain"})
        );
        assert_eq!(
            view::user(&stored, &Switches::default()),
            json!({"key": "alice-1", "domain": "mydomain"})
        );
    }

    #[test]
    fn keys_are_1_to_64_lower_case_letters_digits_and_hyphens() {
        for key in ["a", "-", "user-01", &"k".repeat(64)] {
            assert!(user(key, "Passw0rd1234").is_ok(), "{key}");
        }
        for key in ["", "Alice", "a.b", "a_b", "ä", &"k".repeat(65)] {
            let refused = user(key, "Passw0rd1234").unwrap_err();
            assert!(detail(&refused).starts_with("User key"), "{key}");
        }
        assert!(accept(Object::new(), "mydomain", &Switches::default()).is_err());
    }

    #[test]
    fn secrets_are_12_to_64_characters_of_three_kinds_and_never_repeated_in_the_answer() {
        for secret in [
            "Passw0rd1234",
            "A1b!§$%&/()=",
            &format!("aA1{}", "x".repeat(61)),
        ] {
            assert!(user("alice", secret).is_ok(), "{secret}");
        }
        for secret in [
            "",
            "Passw0rd123",
            "passw0rd1234",
            "PASSW0RD1234",
            "PasswordPass",
            &format!("aA1{}", "x".repeat(62)),
        ] {
            let refused = user("alice", secret).unwrap_err();
            let detail = detail(&refused);
            assert!(detail.contains("Secret is case sensitive"), "{secret}");
            assert!(secret.is_empty() || !detail.contains(secret), "{secret}");
        }
    }
}
