"""情報提供ネットワークシステム: a body the law names asks another yes or no, and hears later."""
