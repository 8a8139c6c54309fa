"""東京共同電子申請・届出サービス: where an application made there stands, by its number; its catalogue is a link."""
