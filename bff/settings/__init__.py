"""Every setting of the house, read once from the environment: `KURASHIMADO_*`."""

from bff.settings.house import DEMO_KEYS, DEMO_SECRET, Settings, read
from bff.settings.reading import MASTER_KEY_BYTES, SettingsRefused

__all__ = ["DEMO_KEYS", "DEMO_SECRET", "MASTER_KEY_BYTES", "Settings", "SettingsRefused", "read"]
