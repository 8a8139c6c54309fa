"""国民健康保険: who is covered since when, how that is shown at a clinic, and where the premium stands."""
