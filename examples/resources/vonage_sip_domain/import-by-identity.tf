import {
  to = vonage_sip_domain.support
  identity = {
    name = "yourcompany"
  }
}
