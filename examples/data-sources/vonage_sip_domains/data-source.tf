# Every domain whose name begins with `yourcompany`; without a filter it is every domain of the account.
data "vonage_sip_domains" "ours" {
  name_prefix = "yourcompany"
}

# The domains that take calls without encryption.
output "unencrypted" {
  value = [for domain in data.vonage_sip_domains.ours.domains : domain.name if domain.tls != "always"]
}
