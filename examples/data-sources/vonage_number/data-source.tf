# A number that somebody bought in the dashboard.
data "vonage_number" "support" {
  country = "GB"
  msisdn  = "447700900000"
}

output "features" {
  description = "What it can do, such as VOICE and SMS."
  value       = data.vonage_number.support.features
}
