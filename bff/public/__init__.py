"""The pages everybody may read, made by the server from the same open data and words the phone has (ADR 0051).

They need no script, no cookie and no session; whoever has the app on the phone sees its screens at the same addresses.
"""

from bff.public.door import public_pages, verified
from bff.public.library import Library
from bff.public.nowhere import nowhere

__all__ = ["Library", "nowhere", "public_pages", "verified"]
