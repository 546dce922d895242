//! Which switches cannot be seen under which values of others.

use vonage_sandbox::Object;

/// What no run can see.
pub(super) const NEVER: [&str; 22] = [
    "foreign_names",
    "foreign_status",
    "foreign_read",
    "user_max",
    "list_lag",
    "replica_lag",
    "replica_every",
    "latency",
    "rate_limit",
    "concurrent_write",
    "application_put_unknown",
    "disabled_applications",
    "disabled_status",
    "number_update_omitted",
    "number_probe",
    "number_app_and_forward",
    "number_unlink",
    "number_callback_app",
    "number_application_check",
    "number_not_owned",
    "number_rate_limit",
    "number_list_rate_limit",
];

/// Whether a switch cannot be seen in a sandbox with these settings, which has had objects before or not.
pub(super) fn is_hidden(switch: &str, settings: &Object, is_furnished: bool) -> bool {
    let is = |name: &str, values: &[&str]| {
        let text = settings[name]
            .as_str()
            .map_or_else(|| settings[name].to_string(), str::to_owned);
        values.contains(&text.as_str())
    };
    let least = |name: &str, least: u64| settings[name].as_u64().is_none_or(|it| it >= least);
    let has_numbers = is_furnished && is("number_access", &["granted"]);
    // One of two doubles comes back.
    let is_single = is("acl_duplicates", &["drop"]) || is("acl_echo", &["dedup"]);
    let is_plain_echo = is("acl_echo", &["as-sent", "dedup"]);
    match switch {
        "acl_echo" => {
            !least("acl_max", 4)
                || (is_plain_echo && (is_single || is("acl_duplicates", &["reject"])))
        }
        // Three entries are enough to see that both came back, and four to believe that doubles are why they are refused.
        "acl_duplicates" => {
            let needed = if is("acl_duplicates", &["keep"]) && !is_single {
                3
            } else {
                4
            };
            !least("acl_max", needed)
                || is_plain_echo && is_single && !is("acl_duplicates", &["reject"])
        }
        "acl_host_bits" => !least("acl_max", 2) || settings["acl_shortest"] == 32,
        // No request of these runs is one too many.
        "retry_after_in" => true,
        "list_rows" => !is("list_status", &["200"]),
        "list_page_size" => !is("list_shape", &["embedded", "looping"]),
        "enum_case" | "digest_auth_echo" | "put_mode" => is("omitted", &["optional"]),
        "put_domain_type" => is("omitted", &["optional"]) && !is("put_domain_type", &["reject"]),
        "unset" => is("trunk_application", &["required"]) && is("unset", &["absent"]),
        "delete_body" => is("delete_status", &["204"]) && is("user_delete_status", &["204"]),
        "user_body" => {
            is("user_create_status", &["204"]) && is("user_put_status", &["204"])
                || is("user_body", &["object", "key"])
                    && is("user_fields", &["none"])
                    && is("user_secret", &["hidden"])
        }
        "has_users_status" => is("delete_with_users", &["cascade"]),
        "name_case" => {
            is("omitted", &["name"])
                && !is("list_status", &["200"])
                && is("name_case", &["ignore", "fold"])
        }
        "application_name" => !is("application_name", &["trimmed"]),
        "application_put_region" => is("application_put_fields", &["kept"]),
        "application_empty_list" => is_furnished,
        "number_hidden_fields" => !(has_numbers && is("number_hidden_fields", &["shown"])),
        "number_access" => !is("number_access", &["forbidden"]) && !has_numbers,
        "number_link_fields" | "number_list_order" => !has_numbers,
        "number_error_status" | "number_error_code" => !is("number_access", &["granted"]),
        other => NEVER.contains(&other),
    }
}
