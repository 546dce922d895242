terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

variable "vonage_api_key" {
  type = string
}

variable "vonage_api_secret" {
  type      = string
  sensitive = true
}

# Every argument may be left out: `provider "vonage" {}` takes what it needs from the environment.
provider "vonage" {
  api_key    = var.vonage_api_key
  api_secret = var.vonage_api_secret

  # Leave a part of the account's limit to the other programs that use it.
  max_requests_per_second = 5

  # What the hosts in `regional_hosts` end in.
  sip_base_domain = "vonage.com"

  # No plan passes that lets in more.
  acl_policy {
    max_addresses = 256
  }
}

resource "vonage_sip_domain" "support" {
  name           = "yourcompany"
  application_id = "c49f3586-9c3c-458b-89fc-3c8beb58865f"
  acl            = ["190.190.190.190"]
}
