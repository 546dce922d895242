# Every application with voice; without `config` it is every application of the account.
list "vonage_application" "voice" {
  provider = vonage

  config {
    capability = "voice"
  }
}
