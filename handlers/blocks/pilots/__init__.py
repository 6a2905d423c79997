"""How pilots look: forms, cards, lists, letters, and the chart."""
