"""What the front page, the search and the person's own pages show."""

from city.portal.queries.doors import Door, Share, doors, share
from city.portal.queries.errands import errands
from city.portal.queries.finding import Found, found
from city.portal.queries.news import News, news
from city.portal.queries.seen import Look, looks_at

__all__ = ["Door", "Found", "Look", "News", "Share", "doors", "errands", "found", "looks_at", "news", "share"]
