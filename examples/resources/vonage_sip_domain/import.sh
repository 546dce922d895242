# The import ID is the name of the domain.
terraform import vonage_sip_domain.support yourcompany
