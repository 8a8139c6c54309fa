"""住基ネット 本人確認情報: whether the four items are hers, and why they last changed."""
