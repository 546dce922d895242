# Every domain whose name begins with `yourcompany`; without `config` it is every domain of the account.
list "vonage_sip_domain" "ours" {
  provider = vonage

  config {
    name_prefix = "yourcompany"
  }
}
