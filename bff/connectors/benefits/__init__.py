"""OpenFisca-Japan: what a household's children bring in allowances, reckoned by law as code that others keep."""
