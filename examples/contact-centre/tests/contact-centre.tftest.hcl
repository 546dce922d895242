# How the parts fit together, without an account or a sandbox: the provider is mocked.

mock_provider "vonage" {
  # A mock invents computed values: the module wants a UUID, and the outputs want hosts.
  mock_resource "vonage_application" {
    defaults = { id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20" }
  }

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
  environments = {
    production = {
      answer_url = "https://production.example.com/answer"
      carriers   = ["primary"]
      queues     = ["sales", "support"]
      users      = { support = { night-desk = {} } }
    }
  }
  user_secrets = { "production/support/night-desk" = "Night-Desk-1234" }
}

run "an_environment_has_one_application" {
  assert {
    condition     = vonage_application.environment["production"].voice.answer_url.address == "https://production.example.com/answer"
    error_message = "The application does not get its instructions from the environment's address."
  }

  assert {
    condition     = keys(output.sip_hosts.production) == ["sales", "support"]
    error_message = "There is not one domain for each queue."
  }

  assert {
    condition     = output.sip_users == ["night-desk@mocked.sip-eu.nexmo.com"]
    error_message = "The user is not told where to authenticate."
  }
}

run "the_lab_in_production_is_noticed" {
  command = plan

  variables {
    environments = {
      production = {
        answer_url = "https://production.example.com/answer"
        carriers   = ["primary", "lab"]
        queues     = ["support"]
      }
    }
  }

  expect_failures = [check.production_is_closed_to_the_lab]
}
