# The demo's own: a user of the domain of examples/basic. In your configuration, take the secret from a variable or a secret store.
resource "vonage_sip_domain_user" "reception" {
  domain = vonage_sip_domain.office.name
  key    = "reception"
  secret = "Only-4-the-demo"
}
