# What the module does with its variables, without an account or a sandbox: the provider is mocked.

mock_provider "vonage" {
  # A mock invents computed values; the outputs need these.
  mock_resource "vonage_sip_domain" {
    defaults = {
      regional_hosts = {
        us = "mocked.sip-us.nexmo.com"
        eu = "mocked.sip-eu.nexmo.com"
        ap = "mocked.sip-ap.nexmo.com"
      }
    }
  }
}

variables {
  name           = "module-test"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  carriers       = { first = ["180.180.180.180/30"] }
}

run "a_domain_without_users_has_no_digest" {
  command = plan

  assert {
    condition     = vonage_sip_domain.this.digest_auth == false
    error_message = "Digest authentication is on, though there are no users."
  }

  assert {
    condition     = vonage_sip_domain.this.acl == toset(["180.180.180.180/30"])
    error_message = "The ACL is not the carrier's range."
  }

  assert {
    condition     = length(vonage_sip_domain_user.this) == 0
    error_message = "There is a user that is not configured."
  }
}

run "ranges_of_all_carriers_are_merged" {
  command = plan

  variables {
    carriers = {
      first  = ["180.180.180.180/31", "190.190.190.190"]
      second = ["180.180.180.182/31", "190.190.190.190/32"]
    }
  }

  assert {
    condition     = output.acl == toset(["180.180.180.180/30", "190.190.190.190"])
    error_message = "Neighbouring and repeated ranges are not merged."
  }
}

run "carriers_with_too_many_addresses_are_refused" {
  command = plan

  variables {
    carriers      = { first = ["180.180.180.0/25"], second = ["180.180.180.0/24"] }
    max_addresses = 255
  }

  expect_failures = [vonage_sip_domain.this]
}

run "each_user_gets_its_secret_version" {
  variables {
    carriers     = {}
    users        = { reception = {}, alarm = { secret_version = 3 } }
    user_secrets = { reception = "Reception-Secret-1", alarm = "Alarm-Secret-12" }
  }

  assert {
    condition     = vonage_sip_domain.this.digest_auth
    error_message = "There are users, but no digest authentication."
  }

  assert {
    condition     = { for key, user in vonage_sip_domain_user.this : key => user.secret_wo_version } == { reception = 1, alarm = 3 }
    error_message = "The versions are not the configured ones."
  }

  assert {
    condition     = output.user_keys == tolist(["alarm", "reception"])
    error_message = "The keys are not sorted, or not complete."
  }

  assert {
    condition     = output.sip_hosts.eu == "mocked.sip-eu.nexmo.com"
    error_message = "The hosts are not those of the domain."
  }
}

run "a_name_must_fit_a_host_name" {
  command = plan

  variables {
    name = "Your_Company"
  }

  expect_failures = [var.name]
}

run "an_application_is_a_uuid" {
  command = plan

  variables {
    application_id = "my-application"
  }

  expect_failures = [var.application_id]
}

run "somebody_must_be_able_to_call" {
  command = plan

  variables {
    carriers = {}
  }

  expect_failures = [var.carriers]
}

run "a_carrier_has_ranges" {
  command = plan

  variables {
    carriers = { first = [] }
  }

  expect_failures = [var.carriers]
}

run "a_range_is_an_address_or_a_prefix" {
  command = plan

  variables {
    carriers = { first = ["180.180.180.180/30", "sip.example.com"] }
  }

  expect_failures = [var.carriers]
}

run "a_key_has_no_upper_case" {
  command = plan

  variables {
    users        = { Reception = {} }
    user_secrets = { Reception = "Reception-Secret-1" }
  }

  expect_failures = [var.users]
}

run "media_keys_need_encrypted_signalling" {
  command = plan

  variables {
    srtp = "always"
  }

  expect_failures = [var.srtp]
}

run "a_user_has_a_secret" {
  command = plan

  variables {
    users        = { reception = {}, alarm = {} }
    user_secrets = { reception = "Reception-Secret-1" }
  }

  expect_failures = [var.user_secrets]
}
