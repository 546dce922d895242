# A PBX whose credentials can be rotated without an outage: each generation of them is a separate user.

terraform {
  # Write-only arguments and ephemeral variables, in OpenTofu too.
  required_version = ">= 1.11.0"

  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

variable "generations" {
  description = "The generations of the PBX's credentials that are valid: one, or two while they are rotated."
  type        = set(string)
  default     = ["1"]

  validation {
    condition     = contains([1, 2], length(var.generations))
    error_message = "One generation is valid, or two while the PBX moves to the next."
  }
}

variable "pbx_secrets" {
  description = "The secret of each generation, from the store where the PBX gets it. In no plan and no state."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
}

resource "vonage_sip_domain" "support" {
  name           = "example-rotation"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  acl            = ["180.180.180.180/30"]
  tls            = "always"
  digest_auth    = true
}

resource "vonage_sip_domain_user" "pbx" {
  for_each = var.generations

  domain    = vonage_sip_domain.support.name
  key       = "pbx-${each.key}"
  secret_wo = var.pbx_secrets[each.key]

  # A generation keeps its secret. To change one in place after all, raise this number with it.
  secret_wo_version = 1
}

output "pbx_users" {
  description = "Who the PBX may be: user and host for the region where its calls enter."
  value       = [for user in vonage_sip_domain_user.pbx : "${user.key}@${vonage_sip_domain.support.regional_hosts.eu}"]
}
