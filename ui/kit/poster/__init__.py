"""Painting posters: a `Drawing` from `guide_app.sharing` becomes a picture, a PDF page or a printed sheet."""
