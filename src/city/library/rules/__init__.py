"""What a catalogue record says and how words are compared. Pure: no database, no clock."""
