"""How a chart gets onto paper: the sheet, its text, its marks, its files."""
