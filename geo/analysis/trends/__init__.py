"""Trends: how many allegations came in month by month, how sure that is, and where it goes."""
