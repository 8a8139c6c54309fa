"""情報提供等記録: which public body gave what of her to which other, when and on which law."""
