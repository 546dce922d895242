# Domains whose carriers sometimes change their ranges, with checks of who may call.

terraform {
  # Functions of providers: Terraform 1.8, OpenTofu 1.7.
  required_version = ">= 1.7.0"

  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

variable "carriers" {
  description = "The ranges of each carrier, written down once. A carrier that changes them has two entries for a while."
  type        = map(set(string))
  default = {
    primary = ["180.180.180.180/30", "180.180.180.184/29"]
    backup  = ["190.190.190.190"]
  }
}

variable "domains" {
  description = "The carriers that call each domain: keys of `carriers`."
  type        = map(set(string))
  default = {
    example-staging    = ["primary", "backup"]
    example-production = ["primary", "backup"]
  }
}

variable "must_get_through" {
  description = "Addresses that calls come from today, according to the logs of the PBX or the carrier."
  type        = set(string)
  default     = ["180.180.180.182", "190.190.190.190"]
}

variable "retired" {
  description = "Ranges that carriers no longer use, so that they may belong to somebody else now."
  type        = set(string)
  default     = []
}

locals {
  # Merged: neighbouring ranges become one prefix, and a range inside another one is left out.
  acl = {
    for domain, carriers in var.domains : domain =>
    provider::vonage::merge_acl(flatten([for carrier in carriers : tolist(var.carriers[carrier])]))
  }
}

resource "vonage_sip_domain" "this" {
  for_each = local.acl

  name           = each.key
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  acl            = each.value

  lifecycle {
    # Fails the plan: calls would be refused.
    precondition {
      condition = alltrue([for address in var.must_get_through : provider::vonage::acl_contains(each.value, address)])
      error_message = format("These addresses could no longer call %s: %s.", each.key, join(", ", [
        for address in var.must_get_through : address if !provider::vonage::acl_contains(each.value, address)
      ]))
    }
  }
}

# Only warns: the wanted calls still work.
check "no_retired_range" {
  assert {
    # Two prefixes overlap exactly when one contains the other.
    condition = alltrue(flatten([
      for acl in values(local.acl) : [
        for range in var.retired : [
          !provider::vonage::acl_contains(acl, range),
          [for entry in acl : !provider::vonage::acl_contains([range], entry)],
        ]
      ]
    ]))
    error_message = "A range that its carrier no longer uses may still call, all of it or a part."
  }
}

output "acl" {
  description = "Who may call each domain, in the fewest prefixes."
  value       = local.acl
}
