# What a caller of the module uses elsewhere.

output "name" {
  description = "Name of the domain, once it exists."
  value       = vonage_sip_domain.this.id
}

output "sip_hosts" {
  description = "Host of the domain's SIP URIs by region: `us`, `eu`, `ap`."
  value       = vonage_sip_domain.this.regional_hosts
}

output "acl" {
  description = "Who may call, in the fewest prefixes."
  value       = vonage_sip_domain.this.acl
}

output "user_keys" {
  description = "The keys of the users, sorted."
  value       = sort([for user in vonage_sip_domain_user.this : user.key])
}
