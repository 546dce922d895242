list "vonage_sip_domain" "all" {
  provider = vonage
  limit    = 1000
}
