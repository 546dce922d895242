# British numbers whose calls go to an application or to SIP addresses; without `config` it is those of every country.
list "vonage_number_link" "gb" {
  provider = vonage

  config {
    country = "GB"
  }
}
