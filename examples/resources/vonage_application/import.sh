# The import ID is the ID of the application.
terraform import vonage_application.pbx c49f3586-9c3c-458b-89fc-3c8beb58865f
