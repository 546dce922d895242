# The same address in two spellings, as lists from different sources may have it.
# => ["180.180.180.180/30", "190.190.190.190"]
output "acl" {
  value = provider::vonage::normalize_acl(["190.190.190.190/32", "180.180.180.180/30", "190.190.190.190"])
}
