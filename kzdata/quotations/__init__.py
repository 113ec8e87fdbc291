"""A reader's own copy of the article: read, and asked for the quotations and the quantities of the tables."""
