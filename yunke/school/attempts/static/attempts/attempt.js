// <yunke-attempt>: see sheet.html.
