import {
  to = vonage_application.pbx
  identity = {
    id = "c49f3586-9c3c-458b-89fc-3c8beb58865f"
  }
}
