"""Letters to holders and to the operator: after a harvest, and before a yearly check."""
