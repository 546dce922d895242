list "vonage_application" "all" {
  provider = vonage
  limit    = 1000
}

list "vonage_sip_domain" "all" {
  provider = vonage
  limit    = 1000
}

list "vonage_number_link" "all" {
  provider = vonage
  limit    = 1000
}
