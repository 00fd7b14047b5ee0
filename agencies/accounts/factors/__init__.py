"""What is shown after the password: codes of an app, passkeys, recovery codes."""
