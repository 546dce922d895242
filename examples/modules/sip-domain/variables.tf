# What a caller of the module decides.

variable "name" {
  description = "Name of the domain, unique over all Vonage accounts: 5 to 32 lower-case letters, digits or dashes."
  type        = string

  validation {
    # The API takes upper case, too, but host names have no case.
    condition     = can(regex("^[a-z0-9-]{5,32}$", var.name))
    error_message = "The name must be 5 to 32 lower-case letters, digits or dashes, because it becomes part of a host name."
  }
}

variable "application_id" {
  description = "UUID of the voice application that takes the calls."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.application_id))
    error_message = "The application ID must be a UUID, such as the `id` of a `vonage_application`."
  }
}

variable "carriers" {
  description = "Who may call: for each carrier its IPv4 addresses and prefixes. Carriers may share addresses."
  type        = map(set(string))
  nullable    = false
  default     = {}

  validation {
    condition = alltrue([for ranges in var.carriers : can(provider::vonage::normalize_acl(tolist(ranges)))])
    error_message = format("Not every range is an IPv4 address or a prefix without further bits: %s.", jsonencode(flatten([
      for ranges in var.carriers : [for range in ranges : range if !can(provider::vonage::normalize_acl([range]))]
    ])))
  }

  validation {
    condition     = alltrue([for ranges in var.carriers : length(ranges) > 0])
    error_message = "Each carrier needs at least one range: leave out a carrier that may not call."
  }

  validation {
    condition     = length(var.carriers) > 0 || length(var.users) > 0
    error_message = "With neither carriers nor users nobody could call the domain."
  }
}

variable "max_addresses" {
  description = "How many addresses the carriers may have together; what they share counts once."
  type        = number
  nullable    = false
  default     = 4096
}

variable "users" {
  description = "Who may authenticate by SIP digest: for each key the version of the secret. A higher version sends the secret again."
  type        = map(object({ secret_version = optional(number, 1) }))
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.users) : can(regex("^[a-z0-9-]{1,64}$", key))])
    error_message = "The key of a user must be 1 to 64 lower-case letters, digits or dashes."
  }
}

variable "user_secrets" {
  description = "The secret of each user, by key. It is in no plan and no state."
  type        = map(string)
  nullable    = false
  default     = {}
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = length(setsubtract(keys(var.users), nonsensitive(keys(var.user_secrets)))) == 0
    error_message = "Each of the users needs a secret in user_secrets."
  }
}

variable "tls" {
  description = "Whether signalling is encrypted: \"always\", \"never\" or \"optional\"."
  type        = string
  default     = "optional"

  validation {
    condition     = contains(["always", "never", "optional"], var.tls)
    error_message = "tls must be \"always\", \"never\" or \"optional\"."
  }
}

variable "srtp" {
  description = "Whether media is encrypted: \"always\", \"never\" or \"optional\"."
  type        = string
  default     = "optional"

  validation {
    condition     = contains(["always", "never", "optional"], var.srtp)
    error_message = "srtp must be \"always\", \"never\" or \"optional\"."
  }

  validation {
    condition     = var.srtp != "always" || var.tls == "always"
    error_message = "srtp = \"always\" needs tls = \"always\": the keys of the media travel in the signalling."
  }
}

variable "force_destroy" {
  description = "Whether deleting the domain also deletes users that this module did not create."
  type        = bool
  default     = false
}
