"""What the product says by itself: in English in the code, in further languages by gettext catalogues."""
