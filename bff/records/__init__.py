"""The resident's page of records: what each body holds about her, asked on her wish and stopped on her wish."""
