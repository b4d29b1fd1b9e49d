"""Questions of the exchange, scoped by who asks first."""
