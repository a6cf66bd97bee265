"""Pure rules of permits: what an answer must be, how long a permit holds, what may be shown of a name."""
