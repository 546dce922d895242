# One SIP domain, who may call it, and its users.

locals {
  # Neighbouring and overlapping ranges become one, so that the list stays short.
  acl = provider::vonage::merge_acl(flatten([for ranges in var.carriers : tolist(ranges)]))
}

resource "vonage_sip_domain" "this" {
  name           = var.name
  application_id = var.application_id
  acl            = local.acl

  tls           = var.tls
  srtp          = var.srtp
  digest_auth   = length(var.users) > 0
  force_destroy = var.force_destroy

  lifecycle {
    precondition {
      condition     = provider::vonage::acl_size(local.acl) <= var.max_addresses
      error_message = "The carriers have ${provider::vonage::acl_size(local.acl)} addresses together, more than max_addresses."
    }
  }
}

resource "vonage_sip_domain_user" "this" {
  for_each = var.users

  domain            = vonage_sip_domain.this.name
  key               = each.key
  secret_wo         = var.user_secrets[each.key]
  secret_wo_version = each.value.secret_version
}
