"""Pages for people that are made of sections, tables and charts; the same content as HTML and as Markdown."""
