"""The demonstration's partnership: invented cases whose history is imported and whose days then pass quickly."""
