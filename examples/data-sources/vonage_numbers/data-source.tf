# British numbers that take calls; without a filter it is every number of the account.
data "vonage_numbers" "voice" {
  country = "GB"
  feature = "VOICE"
}

# The application of each; null where it has none.
output "applications" {
  value = { for it in data.vonage_numbers.voice.numbers : it.id => it.application_id }
}
