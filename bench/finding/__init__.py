"""Questions in plain words against the whole library: found, answered, turned away.

`naming.csv` holds workers' questions with the schemes that truly answer them: one part was tuned
on, the other kept aside. `spoken.csv` was written once, as people in Yunnan type and talk, and
nothing was ever tuned on it. `follow_up.csv` are questions that make sense only within a
conversation; `answered.csv` are such ones with the words out of the scheme file that the answer
has to say (a pattern; `—`: that the document does not say it), written by reading the files; what
is kept aside there was first put when the method stood, `fresh` was written before other words were
gathered for it (by the same hand, so it is no proof), `last` when all of it stood. `second` and
`sealed` were written by somebody who knew nothing but the sentences; the latter was first put when
what is learned from the files in `schemes/wording/followups/` stood.
`beyond.csv` no scheme answers. Before a question is put, every wording that reads nearly
the same is taken out of what is searched, so that no answer is known by heart.
"""
