resource "vonage_application" "phones" {
  name  = "yourcompany-phones"
  voice = { answer_url = { address = "https://voice.yourcompany.example/answer.json" } }
}

resource "vonage_sip_domain" "phones" {
  name           = "yourcompany-phones"
  application_id = vonage_application.phones.id

  acl         = []
  digest_auth = true
}

# An ephemeral value is in no plan and no state; set it by TF_VAR_reception_secret.
variable "reception_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "vonage_sip_domain_user" "reception" {
  domain = vonage_sip_domain.phones.name
  key    = "reception"

  # Raise the version whenever the secret changes: Terraform does not see a change of the secret itself.
  secret_wo         = var.reception_secret
  secret_wo_version = 1

  # A domain of another type is a new domain, without users: re-create the user in the same apply.
  lifecycle {
    replace_triggered_by = [vonage_sip_domain.phones.domain_type, vonage_sip_domain.phones.name]
  }
}
