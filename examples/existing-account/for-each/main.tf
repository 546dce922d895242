terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# The domains as they are now, only for the first apply: the guide says what to replace this by.
data "vonage_sip_domains" "all" {}

locals {
  domains = { for domain in data.vonage_sip_domains.all.domains : domain.name => domain }
}

import {
  for_each = local.domains
  to       = vonage_sip_domain.all[each.key]
  id       = each.key
}

resource "vonage_sip_domain" "all" {
  for_each = local.domains

  name           = each.value.name
  application_id = each.value.application_id
  domain_type    = each.value.domain_type
  acl            = each.value.acl
  digest_auth    = each.value.digest_auth
  tls            = each.value.tls
  srtp           = each.value.srtp
}
