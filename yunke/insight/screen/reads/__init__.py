"""Figures of units over spans, for those whom they reach; and what the machine measured."""
