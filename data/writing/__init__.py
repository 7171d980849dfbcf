"""Ledgers written as the workbooks staff keep them in; what is written reads back as the same ledgers."""
