"""Stand-ins of the outside world: identity provider, ward and other systems behind X-Road, push service.

Everybody and everything in here is made up. Nothing of the house is imported: the house reaches the
stand-ins only over HTTP, as it would reach the real ones.
"""
