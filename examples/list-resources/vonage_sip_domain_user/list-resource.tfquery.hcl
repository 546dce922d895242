list "vonage_sip_domain_user" "phones" {
  provider = vonage

  config {
    domain = "yourcompany-phones"
  }
}
