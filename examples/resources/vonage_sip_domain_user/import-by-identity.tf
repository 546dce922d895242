import {
  to = vonage_sip_domain_user.reception
  identity = {
    domain = "yourcompany-phones"
    key    = "reception"
  }
}
