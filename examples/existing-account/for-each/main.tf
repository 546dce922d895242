terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# The domains as they are now, for the first apply alone: see the guide on what to put in the place of this.
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
