locals {
  acl = ["180.180.180.180/30", "190.190.190.190"]
}

# => true
output "the_carrier_may_call" {
  value = provider::vonage::acl_contains(local.acl, "180.180.180.182")
}

# Of a prefix, every address must be let in.
# => false
output "the_whole_network_may_call" {
  value = provider::vonage::acl_contains(local.acl, "180.180.180.0/24")
}
