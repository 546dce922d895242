# Says what to do with calls, by what its answer URL answers.
resource "vonage_application" "support" {
  name  = "yourcompany-support"
  voice = { answer_url = { address = "https://voice.yourcompany.example/answer.json" } }
}

# Calls to sip:<anything>@yourcompany.sip-us.nexmo.com, and so for eu and ap, reach the application.
resource "vonage_sip_domain" "support" {
  name           = "yourcompany"
  application_id = vonage_application.support.id

  # Who may call: the carrier's prefix, and the PBX of the office.
  acl = [
    "180.180.180.180/30",
    "190.190.190.190",
  ]

  # Signalling and media must be encrypted.
  tls  = "always"
  srtp = "always"
}

# Phones have no fixed addresses: they authenticate as users of the domain.
resource "vonage_sip_domain" "phones" {
  name           = "yourcompany-phones"
  application_id = vonage_application.support.id

  acl         = []
  digest_auth = true
}

output "support_uris" {
  description = "What to dial, by the region where the call enters Vonage's network."
  value       = { for region, host in vonage_sip_domain.support.regional_hosts : region => "sip:support@${host}" }
}
