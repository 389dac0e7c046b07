"""What the application ships besides code: basemap, gazetteer, fonts, icons, texts, web files."""
