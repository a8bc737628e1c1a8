"""What mappings to DCAT share: statements as they are made, values, codes, sentences."""
