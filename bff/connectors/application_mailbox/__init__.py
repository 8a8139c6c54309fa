"""ぴったりサービス 申請管理: the municipality's mailbox: what came in, one package, where it stands now."""
