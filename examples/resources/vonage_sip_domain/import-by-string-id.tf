import {
  to = vonage_sip_domain.support
  id = "yourcompany"
}
