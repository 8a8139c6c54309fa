"""The nation's view of one person: pension category, registered account, signing certificate."""
