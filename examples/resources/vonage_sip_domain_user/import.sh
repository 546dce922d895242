# The import ID is the name of the domain and the key of the user.
terraform import vonage_sip_domain_user.reception yourcompany-phones/reception
