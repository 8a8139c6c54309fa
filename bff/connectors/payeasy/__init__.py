"""マルチペイメントネットワーク（Pay-easy）: what a slip asks for, and the way to her own bank to pay it."""
