data "vonage_sip_domain_users" "phones" {
  domain = "yourcompany-phones"
}

# The keys of those who may authenticate; secrets are never read.
output "phones" {
  value = data.vonage_sip_domain_users.phones.keys
}
