# A number that rings a PBX without an application: Vonage calls these SIP URIs, and asks nobody.
#
# VONAGE_API_KEY and VONAGE_API_SECRET hold the credentials. The account must own the number: Terraform never buys one.

terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

resource "vonage_number_link" "main" {
  country = "GB"
  msisdn  = "447700900000"

  # Tried in order.
  forward_to_sip = [
    "sip:1234@pbx.yourcompany.example;transport=tls;media=srtp",
    "sip:1234@backup.yourcompany.example;transport=tls;media=srtp",
  ]
}

output "number" {
  description = "What to dial."
  value       = "+${vonage_number_link.main.msisdn}"
}
