# An application that somebody made in the dashboard.
data "vonage_application" "support" {
  name = "support"
}

resource "vonage_sip_domain" "support" {
  name           = "yourcompany-support"
  application_id = data.vonage_application.support.id
  acl            = ["180.180.180.180/30"]
}
