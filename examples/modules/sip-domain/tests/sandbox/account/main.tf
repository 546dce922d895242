# Reads the API, so that tests do not have to rely on the state.

terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

variable "name" {
  description = "Name of the domain to look at."
  type        = string
}

data "vonage_sip_domain" "this" {
  name = var.name
}

data "vonage_sip_domain_users" "this" {
  domain = var.name
}

output "domain" {
  description = "The domain as the API has it."
  value       = data.vonage_sip_domain.this
}

output "user_keys" {
  description = "The keys of its users."
  value       = data.vonage_sip_domain_users.this.keys
}
