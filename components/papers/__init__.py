"""Papers: bulletin, slides, ledger and letters made from the answers the screens show.

Nothing here counts: every figure is a cell of a question's answer, or the number of rows that are listed.
"""
