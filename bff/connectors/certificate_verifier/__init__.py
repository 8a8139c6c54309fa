"""公的個人認証: whether a certificate holds, as a verifier the law names says; never the certificate itself."""
