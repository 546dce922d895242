# Calls to the SIP domains that refer to it get their instructions, an NCCO, from answer_url.
resource "vonage_application" "pbx" {
  name = "pbx-eu"

  voice = {
    answer_url = { address = "https://voice.example.com/answer" }
    event_url  = { address = "https://voice.example.com/event" }

    # Where instructions come from while the first server is down.
    fallback_answer_url = {
      address         = "https://backup.example.com/answer"
      http_method     = "GET"
      connect_timeout = 500
    }

    region = "eu-west"
  }
}

resource "vonage_sip_domain" "pbx" {
  name           = "example-pbx"
  application_id = vonage_application.pbx.id
  acl            = ["180.180.180.180/30"]
}
