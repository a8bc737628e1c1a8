"""What operators and holders ask for, answered from the register and the configuration."""
