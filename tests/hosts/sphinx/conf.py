project = "A course with initscope"
html_theme = "alabaster"
html_show_sourcelink = False
