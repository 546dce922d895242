# The import ID is the country and the number.
terraform import vonage_number_link.support GB/447700900000
