# The configuration that the drift job checks: one domain. A real one also has a remote backend, so that the job sees the state.

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
  name           = "example-office"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"

  acl = [
    "180.180.180.180/30",
    "190.190.190.190",
  ]

  tls = "always"
}
