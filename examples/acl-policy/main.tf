# What every ACL of this configuration must keep to, and a look at the domains that are managed elsewhere.

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

provider "vonage" {
  acl_policy {
    # "warning" while an account is brought under the policy.
    enforcement = "error"

    # All entries of one ACL together.
    max_addresses = 64

    # Where calls come from: the carriers' ranges.
    allowed = ["180.180.180.0/24", "190.190.190.190"]

    # Every domain has `tls = "always"`.
    require_tls = true
  }
}

resource "vonage_sip_domain" "office" {
  name           = "example-tight"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  acl            = ["180.180.180.180/30", "190.190.190.190"]
  tls            = "always"
}

# The policy judges what this configuration creates or changes. This looks at every domain of the account, and only warns.
# Within the check, the data source would be read again by each apply, and no plan would be empty.
data "vonage_sip_domains" "all" {}

check "no_wide_acl_in_the_account" {
  assert {
    condition = alltrue([
      for domain in data.vonage_sip_domains.all.domains : provider::vonage::acl_size(domain.acl) <= 4096
    ])
    error_message = format("Domains that more than 4096 addresses may call: %s.", join(", ", [
      for domain in data.vonage_sip_domains.all.domains : domain.name if provider::vonage::acl_size(domain.acl) > 4096
    ]))
  }
}
