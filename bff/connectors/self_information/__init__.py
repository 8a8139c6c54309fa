"""マイナポータル 自己情報: what public bodies hold of her, by family, with how whole each answer is."""
