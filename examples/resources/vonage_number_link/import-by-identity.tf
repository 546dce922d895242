import {
  to = vonage_number_link.support
  identity = {
    country = "GB"
    msisdn  = "447700900000"
  }
}
