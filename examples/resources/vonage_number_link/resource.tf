resource "vonage_application" "support" {
  name = "support"

  voice = {
    answer_url = { address = "https://voice.example.com/answer" }
  }
}

# Calls to this number are the application's.
resource "vonage_number_link" "support" {
  country        = "GB"
  msisdn         = "447700900000"
  application_id = vonage_application.support.id
}

# Calls to this one go straight to a PBX, and to a second one where the first sends no response within two seconds.
resource "vonage_number_link" "reception" {
  country = "GB"
  msisdn  = "447700900001"

  forward_to_sip = [
    "sip:reception@pbx.example.com;transport=tls;media=srtp;timeout=2000",
    "sip:reception@backup.example.com;transport=tls;media=srtp",
  ]
}
