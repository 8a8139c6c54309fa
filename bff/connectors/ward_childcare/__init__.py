"""児童手当, 子ども医療証, 保育の認定: what the ward pays and has certified for children."""
