# A voice application, a SIP domain whose calls it takes, and the SIP URIs that reach the domain.
#
# The credentials are in VONAGE_API_KEY and VONAGE_API_SECRET. Without an account, start
# `terraform-provider-vonage sandbox`, and paste the lines that it prints.

terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

resource "vonage_application" "office" {
  name = "example-office"

  # Where Vonage asks what to do with a call. The web server there is yours.
  voice = {
    answer_url = { address = "https://voice.example.com/answer.json" }
  }
}

resource "vonage_sip_domain" "office" {
  name           = "example-office"
  application_id = vonage_application.office.id

  # Who may call: single addresses and prefixes.
  acl = [
    "180.180.180.180/30",
    "190.190.190.190",
  ]

  # Signalling and media must be encrypted.
  tls  = "always"
  srtp = "always"
}

output "sip_uris" {
  description = "What to dial, by the region where the call enters Vonage's network."
  value       = { for region, host in vonage_sip_domain.office.regional_hosts : region => "sip:reception@${host}" }
}
