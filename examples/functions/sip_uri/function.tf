# => "sip:reception@yourcompany.sip-eu.nexmo.com"
output "reception" {
  value = provider::vonage::sip_uri("reception", "yourcompany", "eu")
}
