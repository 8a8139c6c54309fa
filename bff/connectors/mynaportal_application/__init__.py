"""マイナポータル 申請: applications to municipalities as ぴったりサービス hands them in, and where they stand."""
