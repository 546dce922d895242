# An Asterisk PBX, the SIP domain that it calls, and the application behind that: the PBX's configuration is rendered from the
# domain's attributes.
#
#   terraform apply
#   terraform output -raw pjsip_conf >/etc/asterisk/pjsip_vonage.conf
#
# VONAGE_API_KEY and VONAGE_API_SECRET hold the credentials, TF_VAR_pbx_secret the secret of the PBX, and TF_VAR_answer_url the
# address where the application gets its instructions.

terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

variable "answer_url" {
  description = "The address that answers with an NCCO, which says what to do with a call."
  type        = string
}

variable "pbx_addresses" {
  description = "The public addresses or prefixes that the PBX calls from. If there are none, it authenticates by a secret."
  type        = set(string)
  default     = []
}

variable "vonage_addresses" {
  description = "The addresses that calls from Vonage to the PBX come from. If there are none, the PBX takes no such calls."
  type        = set(string)
  default     = []
}

variable "pbx_secret" {
  description = "The secret of a PBX without fixed addresses: 12 to 64 characters, with a digit, a lower-case and an upper-case letter."
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

variable "certificate_file" {
  description = "The PBX's certificate and those that signed it, as PEM: a path on the PBX. Callers see it when they call the PBX over TLS."
  type        = string
  default     = "/etc/asterisk/keys/pbx.crt"
}

variable "private_key_file" {
  description = "The private key of the certificate, as PEM: a path on the PBX. Terraform never reads the file."
  type        = string
  default     = "/etc/asterisk/keys/pbx.key"
}

locals {
  authenticates = length(var.pbx_addresses) == 0
}

resource "vonage_application" "pbx" {
  name = "yourcompany"

  voice = {
    answer_url = { address = var.answer_url }
  }
}

resource "vonage_sip_domain" "pbx" {
  name           = "yourcompany"
  application_id = vonage_application.pbx.id

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
  description = "The file that pjsip.conf includes."
  value = templatefile("${path.module}/pjsip.conf.tftpl", {
    hosts            = vonage_sip_domain.pbx.regional_hosts
    user             = one(vonage_sip_domain_user.pbx[*].key)
    vonage_addresses = var.vonage_addresses
    certificate_file = var.certificate_file
    private_key_file = var.private_key_file
  })
}
