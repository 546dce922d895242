# A domain that another configuration manages.
data "vonage_sip_domain" "support" {
  name = "yourcompany"
}

output "support_hosts" {
  value = data.vonage_sip_domain.support.regional_hosts
}
