//! Validation: each mistake has its own message at its own place, all in one run, and nothing is sent.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(every_acl_mistake_has_its_own_message_in_one_run).differing_by_cli(),
        scenario!(every_acl_warning_names_what_to_look_at).differing_by_cli(),
        scenario!(every_other_mistake_points_to_its_attribute).differing_by_cli(),
        scenario!(the_provider_block_is_checked_value_by_value).differing_by_cli(),
        scenario!(missing_credentials_name_the_three_ways_to_give_them).differing_by_cli(),
        scenario!(a_mistake_that_becomes_known_in_the_plan_is_found_there).differing_by_cli(),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// A domain that is right but for `lines`, each of which takes the place of the right one.
fn domain(label: &str, lines: &[(&str, &str)]) -> String {
    let mut attributes = vec![
        ("name", format!("\"domain-{label}\"")),
        ("application_id", format!("\"{APPLICATION}\"")),
        ("acl", "[\"190.190.190.190\"]".to_owned()),
    ];
    for (name, value) in lines {
        attributes.retain(|(known, _)| known != name);
        attributes.push((name, (*value).to_owned()));
    }
    let line = |(name, value): &(&str, String)| format!("  {name} = {value}\n");
    let lines = attributes.iter().map(line).collect::<Vec<_>>().concat();
    format!("resource \"vonage_sip_domain\" \"{label}\" {{\n{lines}}}\n")
}

fn every_acl_mistake_has_its_own_message_in_one_run(workspace: &mut Workspace) {
    let long = "9".repeat(300);
    let mistakes: [(&str, String, &[&str]); 14] = [
        (
            "text",
            "nonsense".to_owned(),
            &["Invalid ACL entry", "\"nonsense\""],
        ),
        (
            "hostname",
            "sip.example.com".to_owned(),
            &["Invalid ACL entry", "\"sip.example.com\""],
        ),
        (
            "octal",
            "010.0.0.1".to_owned(),
            &["Invalid ACL entry", "leading zeros", "\"10.0.0.1\""],
        ),
        (
            "bits",
            "10.1.2.3/24".to_owned(),
            &["write \"10.1.2.0/24\", or \"10.1.2.3\" for the single address"],
        ),
        (
            "mapped",
            "::ffff:190.190.190.190".to_owned(),
            &["Invalid ACL entry", "\"190.190.190.190\""],
        ),
        (
            "netmask",
            "190.190.190.0/255.255.255.0".to_owned(),
            &["Invalid ACL entry", "\"190.190.190.0/24\""],
        ),
        (
            "port",
            "190.190.190.190:5060".to_owned(),
            &["Invalid ACL entry", "\"190.190.190.190\""],
        ),
        (
            "space",
            " 190.190.190.190".to_owned(),
            &["Invalid ACL entry", "\"190.190.190.190\""],
        ),
        (
            "prefix",
            "190.190.190.190/33".to_owned(),
            &["Invalid ACL entry", "/33"],
        ),
        (
            "sign",
            "190.190.190.0/+24".to_owned(),
            &["Invalid ACL entry"],
        ),
        (
            "zero",
            "190.190.190.0/024".to_owned(),
            &["Invalid ACL entry", "leading zero"],
        ),
        ("zone", "fe80::1%eth0".to_owned(), &["Invalid ACL entry"]),
        ("blank", String::new(), &["Invalid ACL entry"]),
        ("long", long, &["Invalid ACL entry"]),
    ];
    let configuration: String = mistakes
        .iter()
        .map(|(label, entry, _)| domain(label, &[("acl", &format!("[{entry:?}]"))]))
        .collect();
    let duplicate = domain(
        "duplicate",
        &[("acl", r#"["190.190.190.190", "190.190.190.190/32"]"#)],
    );
    let several = domain(
        "several",
        &[("acl", r#"["10.1.2.3/24", "010.0.0.1", "nonsense"]"#)],
    );
    let found = workspace.complaints(&format!("{configuration}{duplicate}{several}"));
    for (label, _, words) in &mistakes {
        let of_block = found.of(&format!("vonage_sip_domain.{label}")).errors();
        assert_eq!(of_block.0.len(), 1, "{label}: {of_block:#?}");
        of_block.expect("acl", words);
        assert!(
            of_block.0[0].detail.len() < 600,
            "{label} has a very long message"
        );
    }
    let words = [
        "Duplicate ACL entries",
        "\"190.190.190.190/32\"",
        "\"190.190.190.190\"",
    ];
    found
        .of("vonage_sip_domain.duplicate")
        .errors()
        .expect("acl", &words);
    assert_eq!(found.of("vonage_sip_domain.several").errors().0.len(), 3);
}

fn every_acl_warning_names_what_to_look_at(workspace: &mut Workspace) {
    let many: Vec<String> = (0..17)
        .map(|number| format!("\"190.190.{number}.1\""))
        .collect();
    let many = format!("[{}]", many.join(", "));
    let warnings: [(&str, &str, &[&str]); 7] = [
        (
            "open",
            r#"["0.0.0.0/0"]"#,
            &["ACL open to the whole Internet", "\"0.0.0.0/0\""],
        ),
        (
            "nested",
            r#"["190.190.190.0/24", "190.190.190.190"]"#,
            &["\"190.190.190.190\"", "\"190.190.190.0/24\""],
        ),
        (
            "private",
            r#"["10.0.0.1"]"#,
            &["ACL entry without public addresses", "\"10.0.0.1\""],
        ),
        (
            "documentation",
            r#"["203.0.113.0/24"]"#,
            &["ACL entry without public addresses"],
        ),
        (
            "wide",
            r#"["128.0.0.0/4"]"#,
            &["Very wide ACL entry", "\"128.0.0.0/4\""],
        ),
        (
            "ipv6",
            r#"["2600:1f18::1"]"#,
            &["IPv6 ACL entry", "IPv4 only"],
        ),
        ("many", &many, &["Many ACL entries", "17"]),
    ];
    let configuration: String = warnings
        .iter()
        .map(|(label, acl, _)| domain(label, &[("acl", acl)]))
        .collect();
    let upper = domain("upper", &[("name", "\"DomainUpper\"")]);
    let found = workspace.complaints(&format!("{configuration}{upper}"));
    assert!(found.errors().0.is_empty(), "{:#?}", found.errors());
    for (label, _, words) in &warnings {
        found
            .of(&format!("vonage_sip_domain.{label}"))
            .warnings()
            .expect("acl", words);
    }
    found
        .of("vonage_sip_domain.upper")
        .warnings()
        .expect("name", &["upper case", "domainupper"]);
}

fn every_other_mistake_points_to_its_attribute(workspace: &mut Workspace) {
    let mistakes: [(&str, &str, &str, &[&str]); 11] = [
        (
            "short",
            "name",
            "\"four\"",
            &["Invalid domain name", "4 characters", "5 to 32"],
        ),
        (
            "long",
            "name",
            "\"a2345678901234567890123456789012x\"",
            &["Invalid domain name", "33 characters"],
        ),
        (
            "dots",
            "name",
            "\"your.company\"",
            &["Invalid domain name", "'.'"],
        ),
        (
            "host",
            "name",
            "\"sip:x@yourcompany\"",
            &["Invalid domain name"],
        ),
        (
            "uuid",
            "application_id",
            "\"yourapp\"",
            &["Invalid application ID", "not a UUID"],
        ),
        (
            "braces",
            "application_id",
            "\"{0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20}\"",
            &["Invalid application ID"],
        ),
        (
            "missing",
            "application_id",
            "null",
            &["Missing application", "domain_type"],
        ),
        (
            "tls",
            "tls",
            "\"sometimes\"",
            &["Invalid tls", "\"always\", \"never\", \"optional\""],
        ),
        (
            "srtp",
            "srtp",
            "\"Always\"",
            &["Invalid srtp", "Did you mean \"always\"?"],
        ),
        (
            "type",
            "domain_type",
            "\"application\"",
            &["Invalid domain_type", "\"app\", \"trunk\""],
        ),
        ("empty", "acl", "[]", &["Empty ACL", "digest_auth"]),
    ];
    let configuration: String = mistakes
        .iter()
        .map(|(label, attribute, value, _)| domain(label, &[(attribute, value)]))
        .collect();
    let timeout = "resource \"vonage_sip_domain\" \"timeout\" {\n  name = \"domain-timeout\"\n  domain_type = \"trunk\"\n  \
                   acl = [\"190.190.190.190\"]\n  timeouts {\n    create = \"two minutes\"\n    delete = \"0s\"\n  }\n}\n";
    let found = workspace.complaints(&format!("{configuration}{timeout}"));
    for (label, attribute, _, words) in &mistakes {
        let errors = found.of(&format!("vonage_sip_domain.{label}")).errors();
        assert_eq!(errors.0.len(), 1, "{label}: {errors:#?}");
        errors.expect(attribute, words);
    }
    let timeouts = found.of("vonage_sip_domain.timeout").errors();
    timeouts.expect("create", &["Invalid timeout", "two minutes"]);
    timeouts.expect("delete", &["Invalid timeout"]);
}

fn the_provider_block_is_checked_value_by_value(workspace: &mut Workspace) {
    let mistakes: [(&str, &str, &[&str]); 12] = [
        ("base_url", "\"api.nexmo.com\"", &["Invalid base_url"]),
        (
            "base_url",
            "\"http://api.nexmo.com\"",
            &["Invalid base_url", "http"],
        ),
        (
            "base_url",
            "\"https://api.nexmo.com/v1\"",
            &["Invalid base_url", "path"],
        ),
        (
            "base_url",
            "\"https://api.nexmo.com?x=1\"",
            &["Invalid base_url", "query"],
        ),
        (
            "base_url",
            "\"https://user:hunter22@api.nexmo.com\"",
            &["Invalid base_url"],
        ),
        ("base_url", "\"ftp://api.nexmo.com\"", &["Invalid base_url"]),
        ("request_timeout", "\"soon\"", &["Invalid request_timeout"]),
        ("request_timeout", "\"0s\"", &["Invalid request_timeout"]),
        ("max_retries", "-1", &["Invalid max_retries"]),
        (
            "max_retries",
            "1.5",
            &["Invalid max_retries", "whole number"],
        ),
        (
            "max_requests_per_second",
            "0",
            &["Invalid max_requests_per_second"],
        ),
        (
            "sip_base_domain",
            "\"not a domain\"",
            &["Invalid sip_base_domain"],
        ),
    ];
    for (attribute, value, words) in &mistakes {
        let configuration = format!(
            "provider \"vonage\" {{\n  {attribute} = {value}\n}}\n{}",
            domain("office", &[])
        );
        let found = workspace.validate(&configuration).errors();
        found.expect(attribute, words);
        assert!(
            !format!("{found:?}").contains("hunter22"),
            "the password is printed"
        );
    }
    let both = format!(
        "provider \"vonage\" {{\n  base_url = \"x\"\n  max_retries = -1\n}}\n{}",
        domain("office", &[])
    );
    assert_eq!(workspace.validate(&both).errors().0.len(), 2);
}

fn missing_credentials_name_the_three_ways_to_give_them(workspace: &mut Workspace) {
    for name in ["VONAGE_API_KEY", "VONAGE_API_SECRET"] {
        workspace.set_variable(name, Some(""));
    }
    let errors = workspace.plan_diagnostics(&domain("office", &[])).errors();
    let words = [
        "Missing Vonage API credentials",
        "api_secret",
        "VONAGE_API_SECRET",
        ".vonage/config.json",
    ];
    assert!(
        errors.0.iter().any(|error| words.iter().all(|word| format!(
            "{} {}",
            error.summary, error.detail
        )
        .contains(word))),
        "{errors:#?}"
    );
    workspace.set_variable("VONAGE_CREDENTIALS_FILE", Some("/nonexistent/config.json"));
    let errors = workspace.plan_diagnostics(&domain("office", &[])).errors();
    assert!(
        errors
            .0
            .iter()
            .any(|error| error.detail.contains("/nonexistent/config.json")),
        "{errors:#?}"
    );
}

fn a_mistake_that_becomes_known_in_the_plan_is_found_there(workspace: &mut Workspace) {
    let configuration = format!(
        "variable \"entry\" {{ default = \"10.1.2.3/24\" }}\n{}",
        domain("office", &[("acl", "[var.entry]")])
    );
    assert!(
        workspace.validate(&configuration).errors().0.is_empty(),
        "variables are unknown to `validate`"
    );
    let errors = workspace.plan_diagnostics(&configuration).errors();
    errors.expect("acl", &["write \"10.1.2.0/24\""]);
    // What only an apply makes known is checked before anything of it is sent.
    let late = format!(
        "resource \"terraform_data\" \"entry\" {{ input = \"10.1.2.3/24\" }}\n{}",
        domain("office", &[("acl", "[terraform_data.entry.output]")])
    );
    let text = workspace.apply_failing(&late).text();
    assert!(text.contains("10.1.2.0/24"), "{text}");
    assert_eq!(workspace.sandbox().count("POST"), 0);
}
