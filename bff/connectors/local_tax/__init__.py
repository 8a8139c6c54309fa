"""eLTAX 共通納税: her local taxes, one slip by its four numbers, and a number to pay it by Pay-easy."""
