"""What the city tells a person: one row in the inbox, and the same by e-mail, SMS or WhatsApp."""
