"""What readers see: charts, tables, words in each language, blocks inside Markdown, pages."""
