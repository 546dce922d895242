# A contact centre: one voice application for each environment, and one SIP domain for each of its queues, such as
# `example-production-support`.
#
# VONAGE_API_KEY and VONAGE_API_SECRET hold the credentials, and TF_VAR_user_secrets the users' secrets as JSON:
#
#   export TF_VAR_user_secrets='{
#     "dev/support/softphone": "…", "staging/support/softphone": "…", "production/support/night-desk": "…",
#     "production/sales/branch-north": "…", "production/sales/branch-south": "…"
#   }'

locals {
  queues = merge([
    for name, environment in var.environments : {
      for queue in environment.queues : "${name}/${queue}" => {
        environment = environment
        name        = "example-${name}-${queue}"
        users       = lookup(environment.users, queue, {})
      }
    }
  ]...)
}

# It takes the calls of all queues: the parameter `to` of each request to the answer URL says which one was called.
resource "vonage_application" "environment" {
  for_each = var.environments

  name  = "example-${each.key}"
  voice = { answer_url = { address = each.value.answer_url } }
}

module "queue" {
  source   = "../modules/sip-domain"
  for_each = local.queues

  name           = each.value.name
  application_id = vonage_application.environment[dirname(each.key)].id

  carriers = { for carrier in each.value.environment.carriers : carrier => var.carriers[carrier] }
  tls      = each.value.environment.encrypted ? "always" : "optional"
  srtp     = each.value.environment.encrypted ? "always" : "optional"

  users        = each.value.users
  user_secrets = { for key in keys(each.value.users) : key => var.user_secrets["${each.key}/${key}"] }
}

# Production must stay closed to the lab.
check "production_is_closed_to_the_lab" {
  assert {
    condition = alltrue(flatten([
      for key, queue in module.queue : [for range in var.carriers.lab : !provider::vonage::acl_contains(queue.acl, range)]
      if startswith(key, "production/")
    ]))
    error_message = "The lab may call a queue of production."
  }
}
