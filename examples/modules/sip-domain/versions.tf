# Write-only arguments and ephemeral variables set the lower bound, in OpenTofu too.
terraform {
  required_version = ">= 1.11.0"

  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
  }
}
