"""Word documents: plain data in, a .docx that the house accepts out.

`template` compiles what an administration edits in Word, `render` fills it, `checks` looks at the
result. These modules know no Django: the data is the plain dictionary of `context`.
"""
