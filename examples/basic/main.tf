# One SIP domain, and the SIP URIs that reach it.
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

resource "vonage_sip_domain" "office" {
  name = "example-office"

  # The Vonage application, with the voice capability, that takes the calls.
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"

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
