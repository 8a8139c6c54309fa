"""ひとり親: 児童扶養手当, 児童育成手当 and the medical certificate, and when the next report is due."""
