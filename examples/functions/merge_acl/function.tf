# Two neighbouring prefixes become one, and an address inside it is left out.
# => ["180.180.180.176/29", "190.190.190.190"]
output "acl" {
  value = provider::vonage::merge_acl([
    "180.180.180.176/30",
    "180.180.180.180/30",
    "180.180.180.181",
    "190.190.190.190",
  ])
}
