"""What became due, opened, changed or will lapse is told of in the morning: once, and only while it can be done.

Nothing is planned ahead: each morning the plan is made again from what is kept, so what she has done meanwhile, or what
the law says otherwise since, reminds nobody.
"""
