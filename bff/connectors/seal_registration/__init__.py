"""印鑑登録: whether a seal is registered, and since when."""
