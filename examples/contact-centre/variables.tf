# The contact centre as data: who may call, and what exists in which environment.

variable "carriers" {
  description = "The ranges of each carrier, written down once for all environments."
  type        = map(set(string))
  default = {
    primary = ["180.180.180.180/30", "180.180.180.184/30"]
    backup  = ["190.190.190.190"]
    lab     = ["198.20.30.40"]
  }
}

variable "environments" {
  description = <<-EOT
    The environments by name. `answer_url` is where each gets the instructions for its calls, `carriers` are keys of the variable of
    that name, `queues` are the domains, and `users` by queue are those who call with a secret instead of from a carrier.
  EOT
  type = map(object({
    answer_url = string
    carriers   = set(string)
    encrypted  = optional(bool, true)
    queues     = set(string)
    users      = optional(map(map(object({ secret_version = optional(number, 1) }))), {})
  }))
  default = {
    dev = {
      answer_url = "https://dev.example.com/answer"
      carriers   = ["lab"]
      encrypted  = false
      queues     = ["support"]
      users      = { support = { softphone = {} } }
    }
    staging = {
      answer_url = "https://staging.example.com/answer"
      carriers   = ["lab", "primary"]
      queues     = ["sales", "support"]
      users      = { support = { softphone = {} } }
    }
    production = {
      answer_url = "https://production.example.com/answer"
      carriers   = ["primary", "backup"]
      queues     = ["billing", "sales", "support"]
      users = {
        sales   = { branch-north = {}, branch-south = {} }
        support = { night-desk = { secret_version = 2 } }
      }
    }
  }

  validation {
    condition = alltrue([
      for environment in var.environments : length(setsubtract(environment.carriers, keys(var.carriers))) == 0
    ])
    error_message = "An environment names a carrier that `carriers` does not have."
  }

  validation {
    condition = alltrue([
      for environment in var.environments : length(setsubtract(keys(environment.users), environment.queues)) == 0
    ])
    error_message = "An environment has users of a queue that it does not have."
  }
}

variable "user_secrets" {
  description = "The secrets by `<environment>/<queue>/<user>`, as in `{ \"production/support/night-desk\" = \"…\" }`. In no plan and no state."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
}
