"""What only notebooks need: they are run again, made a report, and given menus and tables for reading."""
