"""健診・予防接種台帳: which checks were done or are due, and which doses were given; no result of any."""
