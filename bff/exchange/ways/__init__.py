"""Five ways to move information: send, distribute, collect, collect and distribute, custom. Each flow is one file."""
