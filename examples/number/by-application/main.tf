# A number that rings a PBX by way of an application: for each call, Vonage asks answer_url what to do, and answer.json says to
# connect it to the PBX.
#
# VONAGE_API_KEY and VONAGE_API_SECRET hold the credentials, and TF_VAR_answer_url the address of the file on your web server. The
# account must own the number: Terraform never buys one.

terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}

provider "vonage" {}

variable "answer_url" {
  description = "The address that answers with an NCCO, which says what to do with a call."
  type        = string
}

resource "vonage_application" "number" {
  name = "yourcompany-number"

  voice = {
    answer_url = { address = var.answer_url }
  }
}

resource "vonage_number_link" "main" {
  country        = "GB"
  msisdn         = "447700900000"
  application_id = vonage_application.number.id
}

output "number" {
  description = "What to dial."
  value       = "+${vonage_number_link.main.msisdn}"
}
