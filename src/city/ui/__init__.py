"""The look of the city: layouts, parts, charts and the words around them."""
