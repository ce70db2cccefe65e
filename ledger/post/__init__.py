"""What readers are owed, and its way into their mailboxes."""
