//! Tests of reading the host's variables and of the line.

use std::collections::BTreeMap;

use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair};

use super::*;

fn environment(variables: &[(&str, &str)]) -> BTreeMap<String, String> {
    variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn address() -> Address {
    Address {
        network: "unix",
        location: "/tmp/plugin1".to_owned(),
    }
}

#[test]
fn only_the_exact_cookie_is_a_host() {
    let name = COOKIE_KEY;
    assert!(started_by_host(&environment(&[(name, COOKIE_VALUE)])));
    assert!(!started_by_host(&environment(&[(name, "other")])));
    assert!(!started_by_host(&environment(&[])));
}

#[test]
fn a_line_without_tls_has_an_empty_last_field() {
    let request = HostRequest::read(&environment(&[])).unwrap();
    assert_eq!(
        line(&request, &address(), None),
        "1|6|unix|/tmp/plugin1|grpc|\n"
    );
}

#[test]
fn a_certificate_is_base64_without_padding() {
    let request = HostRequest::read(&environment(&[])).unwrap();
    let certificate = CertificateDer::from(vec![0xff, 0xfe, 0xfd, 0xfc]);
    assert_eq!(
        line(&request, &address(), Some(&certificate)),
        "1|6|unix|/tmp/plugin1|grpc|//79/A\n"
    );
}

#[test]
fn multiplexing_is_refused_in_a_seventh_field() {
    let request = HostRequest::read(&environment(&[("PLUGIN_MULTIPLEX_GRPC", "true")])).unwrap();
    assert_eq!(
        line(&request, &address(), None),
        "1|6|unix|/tmp/plugin1|grpc||false\n"
    );
}

#[test]
fn the_hosts_certificate_is_taken_as_it_is() {
    let key = KeyPair::generate().unwrap();
    let made = CertificateParams::default().self_signed(&key).unwrap();
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        STANDARD.encode(made.der())
    );
    let request = HostRequest::read(&environment(&[("PLUGIN_CLIENT_CERT", &pem)])).unwrap();
    assert_eq!(request.certificate.as_ref(), Some(made.der()));
}

#[test]
fn a_certificate_that_is_none_is_an_error_and_never_plain_text() {
    let text = HostRequest::read(&environment(&[("PLUGIN_CLIENT_CERT", "yes")]));
    assert!(matches!(text, Err(HandshakeError::NotPem(_))));
    let pem = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    let block = HostRequest::read(&environment(&[("PLUGIN_CLIENT_CERT", pem)]));
    assert!(matches!(block, Err(HandshakeError::NotACertificate(_))));
}

#[test]
fn ports_that_are_no_numbers_leave_the_choice_to_us() {
    let ports = |min, max| {
        ListenRequest::read(&environment(&[
            ("PLUGIN_MIN_PORT", min),
            ("PLUGIN_MAX_PORT", max),
        ]))
        .ports
    };
    assert_eq!(ports("10000", "25000"), Some(10000..=25000));
    assert_eq!(ports("low", "25000"), None);
    assert_eq!(ports("10000", "70000"), None);
}
