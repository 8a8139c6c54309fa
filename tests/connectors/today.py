"""The day it is at the stand-ins, which live by the wall clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
