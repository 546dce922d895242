# Every application with voice; without a filter it is every application of the account.
data "vonage_applications" "voice" {
  capability = "voice"
}

# Those whose calls have no address for events.
output "without_events" {
  value = [for it in data.vonage_applications.voice.applications : it.name if try(it.voice.event_url, null) == null]
}
