"""東京都の018サポート: where each child's application and payments stand."""
