"""マイナポータル お知らせ: notices that public bodies sent her there, and the mark that she has read one."""
