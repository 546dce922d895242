locals {
  acl = ["180.180.180.180/30", "180.180.180.181", "190.190.190.190"]
}

# What lies inside another entry counts once.
# => 5
output "addresses_that_may_call" {
  value = provider::vonage::acl_size(local.acl)
}

# Each of the halves looks narrower than it is beside the other.
# => true
output "the_whole_internet_may_call" {
  value = provider::vonage::acl_size(["0.0.0.0/1", "128.0.0.0/1"]) == pow(2, 32)
}
