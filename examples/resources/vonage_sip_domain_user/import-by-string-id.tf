import {
  to = vonage_sip_domain_user.reception
  id = "yourcompany-phones/reception"
}
