# An Asterisk PBX and the SIP domain that it calls: the PBX's configuration is rendered from what the domain turns out to be.
#
#   terraform apply
#   terraform output -raw pjsip_conf >/etc/asterisk/pjsip_vonage.conf
#
# VONAGE_API_KEY and VONAGE_API_SECRET hold the credentials, TF_VAR_pbx_secret the secret of the PBX.

terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

variable "application_id" {
  description = "ID of the voice application that takes the calls."
  type        = string
}

variable "pbx_addresses" {
  description = "Where the PBX calls from: its public addresses or prefixes. While there are none, it authenticates by a secret."
  type        = set(string)
  default     = []
}

variable "vonage_addresses" {
  description = "Where calls from Vonage to the PBX come from. While it is empty, the PBX takes none."
  type        = set(string)
  default     = []
}

variable "pbx_secret" {
  description = "What a PBX without fixed addresses authenticates with: 12 to 64 characters, with a digit, a lower-case and an upper-case letter."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
}

variable "pbx_secret_version" {
  description = "Raise it to set another secret."
  type        = number
  default     = 1
}

locals {
  authenticates = length(var.pbx_addresses) == 0
}

resource "vonage_sip_domain" "pbx" {
  name           = "yourcompany"
  application_id = var.application_id

  acl         = var.pbx_addresses
  digest_auth = local.authenticates

  tls  = "always"
  srtp = "always"
}

resource "vonage_sip_domain_user" "pbx" {
  count = local.authenticates ? 1 : 0

  domain            = vonage_sip_domain.pbx.name
  key               = "asterisk"
  secret_wo         = var.pbx_secret
  secret_wo_version = var.pbx_secret_version
}

output "pjsip_conf" {
  description = "To be included by pjsip.conf."
  value = templatefile("${path.module}/pjsip.conf.tftpl", {
    hosts            = vonage_sip_domain.pbx.regional_hosts
    user             = one(vonage_sip_domain_user.pbx[*].key)
    vonage_addresses = var.vonage_addresses
  })
}
