# The life of a domain on an API: created, changed, given users, and destroyed when the test ends.
#
# VONAGE_BASE_URL, VONAGE_API_KEY and VONAGE_API_SECRET name the API: `terraform-provider-vonage sandbox` prints them.

provider "vonage" {}

variables {
  name           = "module-test-life"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  carriers = {
    first  = ["180.180.180.180/31", "190.190.190.190"]
    second = ["180.180.180.182/31"]
  }

  # Terraform wants a value for an ephemeral variable in each run that applies, whatever its default is.
  user_secrets = {}
}

run "create" {
  assert {
    condition     = output.sip_hosts.us == "module-test-life.sip-us.nexmo.com"
    error_message = "The host is not the name's."
  }
}

run "the_api_has_the_merged_acl" {
  module {
    source = "./tests/sandbox/account"
  }

  assert {
    condition     = output.domain.acl == toset(["180.180.180.180/30", "190.190.190.190"])
    error_message = "The API has another ACL."
  }

  assert {
    condition     = !output.domain.digest_auth && length(output.user_keys) == 0
    error_message = "The API has users, or lets them authenticate."
  }
}

run "add_users" {
  variables {
    users        = { reception = {}, alarm = {} }
    user_secrets = { reception = "Reception-Secret-1", alarm = "Alarm-Secret-12" }
  }
}

run "the_api_has_the_users" {
  module {
    source = "./tests/sandbox/account"
  }

  assert {
    condition     = output.domain.digest_auth && output.user_keys == tolist(["alarm", "reception"])
    error_message = "The API has other users, or does not let them authenticate."
  }
}

run "rotate_a_secret" {
  variables {
    users        = { reception = { secret_version = 2 }, alarm = {} }
    user_secrets = { reception = "Reception-Secret-2", alarm = "Alarm-Secret-12" }
  }

  assert {
    condition     = vonage_sip_domain_user.this["reception"].secret_wo_version == 2
    error_message = "The new version is not in the state."
  }
}

run "drop_a_user_and_a_carrier" {
  variables {
    carriers     = { second = ["180.180.180.182/31"] }
    users        = { reception = { secret_version = 2 } }
    user_secrets = { reception = "Reception-Secret-2" }
  }
}

run "the_api_has_what_is_left" {
  module {
    source = "./tests/sandbox/account"
  }

  assert {
    condition     = output.domain.acl == toset(["180.180.180.182/31"])
    error_message = "The carrier that was dropped may still call."
  }

  assert {
    condition     = output.user_keys == tolist(["reception"])
    error_message = "The user that was dropped may still call."
  }
}
